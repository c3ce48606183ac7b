import { render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import type { AppInfo } from "../../lib/ipc/bindings";
import type { FolderDrop } from "../../lib/ipc/commands";
import { session } from "../../lib/state/session.svelte";
import { toasts } from "../../lib/state/toasts.svelte";
import { forgetHost, host, send } from "../../test/host";
import DropOverlay from "./DropOverlay.svelte";

const INFO: AppInfo = { version: "0.1.0", platform: "linux", pdf: true, logs: "/l", crash_reports: "/c", cache: "/x", settings: "/s", recent: [], open: null, crashed: false, drafts: [], reloaded: false, trouble: null };

let calls: ReturnType<typeof host>;

beforeEach(async () => {
  calls = host({
    app_info: () => INFO,
    open_workspace: ({ path }) => {
      throw { code: "not-a-repository", message: "no git here", hint: null, path, line: null, details: null };
    },
  });
  await session.start();
  toasts.dismiss();
  render(DropOverlay);
});
afterEach(forgetHost);

const opened = () => calls.filter(({ name }) => name === "open_workspace").map(({ args }) => (args as { path: string }).path);
const dragged = (phase: FolderDrop["phase"], what: FolderDrop["what"] = null) => send("folder-drop", { phase, what, path: what && "/src/shop", at: what && [10, 20] });

it("says what letting go will do, and nothing once the folder has left", async () => {
  await dragged("over", "folder");
  expect(await screen.findByText("Open shop")).toBeVisible();
  await dragged("leave");
  await vi.waitFor(() => expect(screen.queryByText("Open shop")).toBeNull());
  expect(opened()).toEqual([]);
});

it("opens the folder that is let go", async () => {
  await dragged("over", "folder");
  await dragged("drop", "folder");
  await vi.waitFor(() => expect(opened()).toEqual(["/src/shop"]));
  expect(screen.queryByText("Open shop")).toBeNull();
  expect(toasts.current).toBeNull();
});

it.each([
  ["file", "That’s a file"],
  ["several", "That’s more than one"],
] as const)("opens nothing for %s and says so", async (what, words) => {
  await dragged("over", what);
  expect(await screen.findByText(words)).toBeVisible();
  await dragged("drop", what);
  await vi.waitFor(() => expect(toasts.current?.text).toContain(words));
  expect(screen.queryByText(words)).toBeNull();
  expect(opened()).toEqual([]);
});
