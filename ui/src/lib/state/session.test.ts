import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { forgetHost, host } from "../../test/host";
import { windowActions } from "../actions/window";
import { frame } from "./frame.svelte";
import { session } from "./session.svelte";
import { settings } from "./settings.svelte";
import { troubles } from "./troubles.svelte";

const info = { version: "", platform: "linux", pdf: true, logs: "", crash_reports: "", cache: "", settings: "", recent: [], open: { path: "/r/shop", reference: null, heading: null, fault: null }, crashed: false, drafts: [], reloaded: false, trouble: null };
const search = () => windowActions().find((action) => action.id === "search.text");

beforeEach(() => frame.searchTaken());
afterEach(forgetHost);

it("takes the search key while a repository opens, and forgets it when none does", async () => {
  let refuse = (): void => undefined;
  const opening = new Promise<never>((_, reject) => (refuse = () => { reject({ code: "not-found", message: "gone", hint: null, path: null, line: null, details: null }); }));
  const calls = host({ app_info: () => info, open_workspace: () => opening, opening: () => ({ done: 0, all: 0 }) });
  const started = session.start();
  await vi.waitFor(() => expect(calls.some((call) => call.name === "open_workspace")).toBe(true));
  expect(search()?.unavailable?.()).toBeNull();
  search()?.run();
  expect(frame.searchWanted).toBe(true);
  refuse();
  await started;
  expect(frame.searchWanted).toBe(false);
  expect(search()?.unavailable?.()).not.toBeNull();
});

it("asks for the settings of now where the page is not the first, and tells of damage once", async () => {
  const empty = { ...info, open: null };
  let damaged: string | null = "/c/settings-damaged.json";
  const answers = { app_info: () => empty, next_request: () => null, settings: () => ({ values: { theme: "dark" }, file: "", damaged, trouble: null }) };
  // What the page was handed at its start.
  host(answers);
  await settings.refresh();
  damaged = null;
  const calls = host(answers);
  await session.start();
  expect(calls.some((call) => call.name === "settings")).toBe(false);
  expect(troubles.list[0]?.lead).toContain("settings-damaged");
  troubles.clear();
  for (const [label, reloaded] of [["window-2", false], ["main", true]] as const) {
    host({ ...answers, app_info: () => ({ ...empty, reloaded }), settings: () => ({ values: { theme: label }, file: "", damaged: null, trouble: null }) }, label);
    await session.start();
    expect(settings.values.theme).toBe(label);
    expect(troubles.list).toEqual([]);
  }
});
