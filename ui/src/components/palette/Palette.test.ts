import { render, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { actions } from "../../lib/actions/actions.svelte";
import { windowActions } from "../../lib/actions/window";
import { navigation } from "../../lib/state/navigation.svelte";
import { palette } from "../../lib/state/palette.svelte";
import { search } from "../../lib/state/search.svelte";
import { prefs } from "../../lib/state/prefs.svelte";
import { workspace } from "../../lib/state/workspace.svelte";
import { expectAccessible } from "../../test/axe";
import { decision, listing } from "../../test/fixtures";
import { forgetHost, host } from "../../test/host";
import Palette from "./Palette.svelte";

const LOG = [decision({ path: "0121-postings.md", title: "Postings are the only source", scope: "ledger", decision_makers: ["@dana"], applies_to: ["services/ledger/**"] }), decision({ path: "0126-token.md", title: "Ledger writes carry a fencing token", status: "proposed", applies_to: ["services/ledger/**"] })];

beforeEach(async () => {
  host({
    open_workspace: () => ({ root: "/r", name: "r", git: true, logs: [], image_base: "", today: "2026-11-20", stale_after: 30 }),
    decisions: () => listing(LOG),
    watch_state: () => ({ watcher: "watching", detail: null, watched: 0, folders: 0, indexed: 2, pending: 0, paused: false, index_failure: null }),
    search: ({ request }) => ({ query: request.query, took_us: 1, total: 1, hits: [{ path: "0126-token.md", title: "Ledger writes carry a fencing token", score: 1, snippet: "", title_marks: [], snippets: [], successor: null }], status_facets: [], tag_facets: [], scope_facets: [], year_facets: [], has_facets: [], complaint: null, complaint_at: null, corrected: null, exchanged: [], pending: 0 }),
  });
  actions.register(windowActions());
  await workspace.open("/r", "git");
  navigation.reset();
  palette.show("all");
});
afterEach(() => {
  palette.close(false);
  forgetHost();
});

const input = () => screen.getByRole("combobox", { hidden: true });
const press = async (key: string) => {
  input().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  await tick();
};
async function type(text: string) {
  palette.query = text;
  await tick();
}
const active = () => document.getElementById(input().getAttribute("aria-activedescendant") ?? "");

it("finds a decision by a few letters and opens it", async () => {
  const { container } = render(Palette);
  await type("fenc");
  expect(active()).toHaveTextContent("Ledger writes carry a fencing token");
  await expectAccessible(container);
  await press("Enter");
  await vi.waitFor(() => expect(navigation.place.path).toBe("0126-token.md"));
  expect(palette.open).toBe(false);
});

it("runs commands after >, and says why one cannot run", async () => {
  render(Palette);
  await type("> compact");
  expect(active()).toHaveTextContent("Compact rows");
  await press("Enter");
  await vi.waitFor(() => expect(prefs.density.value).toBe("compact"));
  prefs.density.value = "cozy";
  palette.show("all");
  await type("> copy link");
  const option = active();
  expect(option).toHaveAttribute("aria-disabled", "true");
  expect(option).toHaveTextContent("no record is open");
});

it("lists every command after >", async () => {
  render(Palette);
  await type(">");
  const visible = actions.all.filter((action) => !action.hidden).length;
  expect(visible).toBeGreaterThan(30);
  expect(screen.getAllByRole("option", { hidden: true }).length).toBeGreaterThanOrEqual(visible);
});

it("falls back to the text of records when no title matches", async () => {
  render(Palette);
  await type("epoch");
  const group = await screen.findByRole("group", { name: "In the text", hidden: true });
  expect(within(group).getAllByRole("option", { hidden: true })).toHaveLength(1);
});

it("shows the actions of the chosen record with Tab, and goes back", async () => {
  const { container } = render(Palette);
  await type("fenc");
  await press("Tab");
  expect(screen.getByRole("group", { name: "Actions for 0126", hidden: true })).toBeInTheDocument();
  expect(input()).toHaveAccessibleName("Actions for 0126");
  await expectAccessible(container);
  await type("accept");
  expect(active()).toHaveTextContent("Accept ADR-0126…");
  await type("");
  await press("Backspace");
  expect(palette.query).toBe("fenc");
  expect(active()).toHaveTextContent("Ledger writes carry a fencing token");
  await press("Tab");
  await type("accept");
  await press("Enter");
  await vi.waitFor(() => expect(navigation.dialog).toEqual({ name: "status", path: "0126-token.md", status: "accepted" }));
});

it("finds paths, people and filters by what the log has", async () => {
  render(Palette);
  await type("/led");
  expect(active()).toHaveTextContent(/services\/ledger\/\*\*\s*bound by 2 decisions/);
  await type("@da");
  expect(active()).toHaveTextContent(/@dana\s*in 1 decision/);
  await type("ledger");
  expect(screen.getByRole("option", { name: /^Filter Library to scope ledger/, hidden: true })).toBeInTheDocument();
  expect(screen.getByRole("option", { name: /^New decision in ledger…/, hidden: true })).toBeInTheDocument();
});

it("tells what binds a path that nobody writes down, and shows a scope in Lineage", async () => {
  render(Palette);
  await type("/services/pay/x.rs");
  expect(active()).toHaveTextContent("Show what binds /services/pay/x.rs");
  await press("Enter");
  await vi.waitFor(() => expect(search.query.text).toBe("path:services/pay/x.rs"));
  await search.leave();
  palette.show("all");
  await type("show ledger in");
  expect(screen.getByRole("option", { name: "Show ledger in Lineage", hidden: true })).toBeInTheDocument();
});

it("goes to a line of the record that is open", async () => {
  await navigation.go({ screen: "library", path: "0121-postings.md" });
  actions.register([{ id: "decision.edit", group: "decision", title: () => "Edit", run: () => undefined }]);
  render(Palette);
  await type(":12");
  expect(active()).toHaveTextContent("Go to line 12 of 0121");
  await press("Enter");
  await vi.waitFor(() => expect(navigation.place).toMatchObject({ screen: "editor", path: "0121-postings.md", line: 12 }));
});

it("lists what git can do on every screen, with the reason where it cannot", async () => {
  render(Palette);
  await type("> stage all");
  const option = screen.getByRole("option", { name: /^Stage all/, hidden: true });
  expect(option).toHaveAttribute("aria-disabled", "true");
  expect(option).toHaveTextContent("nothing to stage");
});

it("moves with the arrows and wraps around", async () => {
  render(Palette);
  await type("12");
  const first = active()?.id;
  await press("ArrowDown");
  expect(active()?.id).not.toBe(first);
  await press("ArrowDown");
  expect(active()?.id).toBe(first);
});
