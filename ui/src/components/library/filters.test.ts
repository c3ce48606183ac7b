import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { actions } from "../../lib/actions/actions.svelte";
import { windowActions } from "../../lib/actions/window";
import { library } from "../../lib/state/library.svelte";
import { navigation } from "../../lib/state/navigation.svelte";
import { views } from "../../lib/state/views.svelte";
import { decision } from "../../test/fixtures";
import { forgetHost } from "../../test/host";
import { openLog, width } from "../../test/window";
import { filterMenu } from "./filters";

let wide: () => void;
beforeEach(async () => {
  await openLog([decision({ path: "0001.md", scope: "ledger" }), decision({ path: "0002.md", status: "rejected" })], () => "", { views: () => [{ name: "Money", query: "tag:money" }], view_matches: () => [["0001.md"]] });
  await views.load();
  wide = width(900);
});
afterEach(() => {
  wide();
  forgetHost();
});

it("has the views and scopes that a rail does not show", () => {
  const ids = filterMenu().flat().map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(["view:in-force", "view:stale", "view:week", "view:broken", "saved:Money", "scope:ledger"]));
  const item = (id: string) => filterMenu().flat().find((one) => one.id === id);
  item("view:in-force")?.run();
  expect([library.tree.count, item("view:in-force")?.checked]).toEqual([1, true]);
  item("view:in-force")?.run();
  expect(library.tree.count).toBe(2);
});

it("shows a view by a command, with its list in sight in one pane", async () => {
  const end = actions.register(windowActions());
  await navigation.go({ screen: "library", path: "0001.md" });
  width(720);
  actions.run("go.view-in-force");
  await vi.waitFor(() => expect(navigation.place.path).toBeNull());
  expect(library.filters.view).toBe("in-force");
  end();
});
