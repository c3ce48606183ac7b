import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { forgetHost, host, send } from "../../test/host";
import { windowActions } from "../actions/window";
import { frame } from "./frame.svelte";
import { navigation } from "./navigation.svelte";
import { session } from "./session.svelte";
import { settings } from "./settings.svelte";
import { toasts } from "./toasts.svelte";
import { troubles } from "./troubles.svelte";
import { workspace } from "./workspace.svelte";

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

it("asks about unsaved text before the window closes, and before the app ends", async () => {
  const calls = host({ app_info: () => ({ ...info, open: null }), next_request: () => null, settings: () => ({ values: {}, file: "", damaged: null, trouble: null }), hold_window: () => null, close_window: () => null, quit: () => null });
  const named = (name: string) => calls.filter((call) => call.name === name).map((call) => call.args);
  await session.start();
  let mayLeave = false;
  let asked = 0;
  const end = navigation.guard(() => (asked += 1, mayLeave));
  expect(navigation.guarded).toBe(true);
  session.hold(navigation.guarded);
  session.hold(navigation.guarded);
  expect(named("hold_window")).toEqual([{ hold: true }]);
  await send("close-asked", null);
  await vi.waitFor(() => expect(asked).toBe(1));
  // It was heard, so that the next click on the frame asks again.
  expect([named("hold_window").length, named("close_window")]).toEqual([2, []]);
  await send("quit-asked", null);
  await vi.waitFor(() => expect(asked).toBe(2));
  expect(named("quit")).toEqual([]);
  mayLeave = true;
  await send("close-asked", null);
  await vi.waitFor(() => expect(named("close_window")).toHaveLength(1));
  await send("quit-asked", null);
  await session.quit();
  await vi.waitFor(() => expect(named("quit")).toEqual([{ first: false }, { first: true }]));
  end();
  session.hold(navigation.guarded);
  expect(named("hold_window").at(-1)).toEqual({ hold: false });
});

it("tells of every draft that the last run left here, and offers the first", async () => {
  const of = (path: string, repo = "/r/shop") => ({ repo, path });
  const draft = (path: string) => ({ path, text: "", base: "", kept_at: "" });
  const start = async (left: string[], crashed: boolean) => {
    host({
      app_info: () => ({ ...info, crashed, drafts: [of("docs/0001-a.md"), of("docs/0002-b.md"), of("x.md", "/r/other")] }),
      open_workspace: () => ({ root: "/r/shop", name: "shop", git: false, logs: [], image_base: "", today: "2026-11-20", stale_after: 30 }),
      decisions: () => ({ generation: 1, parts: 1, logs: [], problems: [], decisions: [] }),
      watch_state: () => ({ watcher: "watching", detail: null, watched: 0, folders: 0, indexed: 0, pending: 0, paused: false, index_failure: null }),
      drafts: () => left.map(draft),
      next_request: () => null,
    });
    toasts.dismiss();
    await session.start();
    return toasts.current;
  };
  expect(await start([], false)).toBeNull();
  const one = await start(["docs/0002-b.md"], false);
  expect([one?.text, one?.action?.label]).toEqual(["An unsaved draft was kept: 0002-b.md.", "Open draft"]);
  const two = await start(["docs/0001-a.md", "docs/0002-b.md"], true);
  expect([two?.text, two?.action?.label]).toEqual(["Precedent closed unexpectedly. 2 unsaved drafts were kept: 0001-a.md and 0002-b.md.", "Open the draft of 0001-a.md"]);
  two?.action?.run();
  await vi.waitFor(() => expect(navigation.place).toMatchObject({ screen: "editor", path: "docs/0001-a.md" }));
  toasts.dismiss();
  navigation.reset();
  await workspace.close().catch(() => undefined);
});
