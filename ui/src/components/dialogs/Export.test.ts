import { render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it } from "vitest";

import { outputActions } from "../../lib/actions/output";
import type { AppInfo } from "../../lib/ipc/bindings";
import { app } from "../../lib/state/app.svelte";
import { navigation } from "../../lib/state/navigation.svelte";
import { workspace } from "../../lib/state/workspace.svelte";
import { decision, listing } from "../../test/fixtures";
import { forgetHost, host } from "../../test/host";
import Export from "./Export.svelte";

const INFO: AppInfo = { version: "0.1.0", platform: "macos", pdf: false, logs: "/l", crash_reports: "/c", cache: "/x", settings: "/s", recent: [], open: null, crashed: false, drafts: [], reloaded: false, trouble: null };

async function open(pdf: boolean): Promise<void> {
  host({
    app_info: () => ({ ...INFO, pdf }),
    open_workspace: () => ({ root: "/r/shop", name: "shop", git: false, logs: [], image_base: "", today: "2026-11-20", stale_after: 30 }),
    watch_state: () => ({ watcher: "watching", detail: null, watched: 0, folders: 0, indexed: 1, pending: 0, paused: false, index_failure: null }),
    decisions: () => listing([decision({ path: "docs/adr/0001-a.md" })], { logs: [{ path: "docs/adr", records: 1, found_by: "folder" }] }),
  });
  await app.start();
  await workspace.open("/r/shop", "plain");
  navigation.openDialog({ name: "export", format: "pdf" });
}

beforeEach(() => { navigation.reset(); });
afterEach(forgetHost);

const reasonOf = (id: string) => outputActions().find((action) => action.id === id)?.unavailable?.();

it("offers PDF where it can be printed", async () => {
  await open(true);
  render(Export);
  expect(screen.getByText("PDF")).toBeInTheDocument();
  expect([reasonOf("export.pdf"), reasonOf("export.print")]).toEqual([null, null]);
});

it("says why not where it cannot, and exports HTML", async () => {
  await open(false);
  render(Export);
  expect(screen.queryByText("PDF")).not.toBeInTheDocument();
  expect(screen.getByText(/PDF is not there on this system yet/)).toBeInTheDocument();
  expect([reasonOf("export.pdf"), reasonOf("export.print"), reasonOf("export.html")]).toEqual(["not on this system yet; HTML prints from a browser", "not on this system yet; HTML prints from a browser", null]);
});
