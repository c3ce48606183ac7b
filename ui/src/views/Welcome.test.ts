import { render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { windowActions } from "../lib/actions/window";
import { actions } from "../lib/actions/actions.svelte";
import type { AppInfo, RecentItem } from "../lib/ipc/bindings";
import { app } from "../lib/state/app.svelte";
import { session } from "../lib/state/session.svelte";
import { expectAccessible } from "../test/axe";
import { forgetHost, host } from "../test/host";
import Welcome from "./Welcome.svelte";

const recent = (name: string, present = true): RecentItem => ({ path: `/src/${name}`, name, records: 12, opened: "2026-11-20T10:00:00", present });
const INFO: AppInfo = { version: "0.1.0", platform: "linux", pdf: true, logs: "/l", crash_reports: "/c", cache: "/x", settings: "/s", recent: [recent("shop"), recent("gone", false)], open: null, crashed: false, drafts: [], reloaded: false, trouble: null };

let calls: ReturnType<typeof host>;

beforeEach(async () => {
  actions.register(windowActions());
  calls = host({
    app_info: () => INFO,
    forget_recent: ({ path }) => INFO.recent.filter((item) => item.path !== path),
    open_workspace: ({ path }) => {
      const code = path.endsWith("notes") ? "not-a-repository" : "io";
      throw { code, message: "permission denied", hint: "check who may read it", path, line: null, details: code === "not-a-repository" ? "3" : null };
    },
    plan_init: () => ({ title: "", digest: "d", files: [], record: null, label: null, branch: null, chain: [], problems: [], notes: [] }),
  });
  await app.refresh();
  session.dismissFailure();
});
afterEach(forgetHost);

it("lists recent repositories; Delete removes one, a moved one says so", async () => {
  const { container } = render(Welcome);
  const shop = screen.getByRole("button", { name: /shop/ });
  expect(screen.getByText("The folder has moved or its disk is not mounted.")).toBeVisible();
  await expectAccessible(container);
  shop.focus();
  shop.dispatchEvent(new KeyboardEvent("keydown", { key: "Delete", bubbles: true }));
  await vi.waitFor(() => expect(screen.queryByRole("button", { name: /shop/ })).toBeNull());
  expect(calls).toContainEqual({ name: "forget_recent", args: { path: "/src/shop" } });
});

it.each([
  ["/src/notes", "notes isn’t a git repository", ["Read without git", "Set up git here"]],
  ["/src/locked", "locked can’t be opened", ["Try again", "Choose another folder"]],
])("says why %s did not open, and the next step", async (path, title, buttons) => {
  const { container } = render(Welcome);
  await session.open(path);
  expect(await screen.findByRole("heading", { name: title })).toBeVisible();
  for (const name of buttons) expect(screen.getByRole("button", { name })).toBeEnabled();
  await expectAccessible(container);
});

it("offers to read a folder without git", async () => {
  render(Welcome);
  await session.open("/src/notes");
  (await screen.findByRole("button", { name: "Read without git" })).click();
  await vi.waitFor(() => expect(calls).toContainEqual({ name: "open_workspace", args: { path: "/src/notes", mode: "plain" } }));
});
