import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { decision } from "../../test/fixtures";
import { forgetHost, host } from "../../test/host";
import { openLog } from "../../test/window";
import type { PastHit, PastReply, SearchReply } from "../ipc/bindings";
import { navigation } from "./navigation.svelte";
import { search } from "./search.svelte";

const hit = (path: string) => ({ path, title: path, score: 1, snippet: "", title_marks: [], snippets: [], successor: null });
const reply = (query: string, paths: string[], pending = 0): SearchReply => ({ query, took_us: 1, total: paths.length, hits: paths.map(hit), status_facets: [], tag_facets: [], scope_facets: [], year_facets: [], has_facets: [], complaint: null, complaint_at: null, corrected: null, exchanged: [], pending });

beforeEach(() => {
  navigation.reset();
  search.reset();
});
afterEach(forgetHost);

it("drops answers that a newer question has overtaken", async () => {
  const waiting: Record<string, (given: SearchReply) => void> = {};
  host({ search: ({ request }) => new Promise((resolve) => (waiting[request.query] = resolve)), read_decision: () => new Promise(() => undefined) });
  search.type("slow");
  search.type("slower");
  await vi.waitFor(() => expect(waiting.slower).toBeDefined());
  waiting.slower?.(reply("slower", ["b.md"]));
  await vi.waitFor(() => expect(search.hits).toHaveLength(1));
  waiting.slow?.(reply("slow", ["a.md", "c.md"]));
  await Promise.resolve();
  expect(search.reply?.query).toBe("slower");
});

it("begins at the first keystroke and goes back to where it began", async () => {
  host({ search: ({ request }) => reply(request.query, ["a.md"]), read_decision: () => new Promise(() => undefined) });
  await navigation.go({ screen: "library", path: "x.md" });
  search.type("idem");
  await vi.waitFor(() => expect(navigation.screen).toBe("search"));
  await vi.waitFor(() => expect(search.active?.path).toBe("a.md"));
  await search.leave();
  expect(navigation.place).toMatchObject({ screen: "library", path: "x.md" });
});

it("previews what typing found when the person rests, and a hit that is gone to at once", async () => {
  const calls = host({ search: ({ request }) => reply(request.query, ["a.md", "b.md"]), read_decision: () => new Promise(() => undefined) });
  const read = () => calls.filter((call) => call.name === "read_decision").map((call) => (call.args as { path: string }).path);
  search.type("ide");
  await vi.waitFor(() => expect(search.active?.path).toBe("a.md"));
  search.type("idem");
  await vi.waitFor(() => expect(search.reply?.query).toBe("idem"));
  expect(read()).toEqual([]);
  await vi.waitFor(() => expect(read()).toEqual(["a.md"]));
  search.moveTo(1);
  expect(read()).toEqual(["a.md", "b.md"]);
  expect(search.previewWords).toEqual(["idem"]);
});

it("sends tokens and facets with the words", async () => {
  const calls = host({ search: ({ request }) => reply(request.query, []), read_decision: () => new Promise(() => undefined) });
  search.type("status:accepted idem");
  search.narrow({ scopes: ["ledger"] });
  await vi.waitFor(() => expect(calls.at(-1)?.args).toMatchObject({ request: { query: "status:accepted idem", scopes: ["ledger"] } }));
  expect(search.query).toEqual({ tokens: ["status:accepted"], text: "idem" });
});

it("asks for records again when the index has moved, until none is pending", async () => {
  let indexed = false;
  const calls = host({ search: ({ request }) => reply(request.query, indexed ? ["a.md", "b.md"] : ["a.md"], indexed ? 0 : 5), read_decision: () => new Promise(() => undefined) });
  const searches = () => calls.filter((call) => call.name === "search").length;
  search.type("idem");
  await vi.waitFor(() => expect(search.hits).toHaveLength(1));
  search.indexMoved();
  await vi.waitFor(() => expect(searches()).toBe(2));
  indexed = true;
  search.indexMoved();
  await vi.waitFor(() => expect(search.hits).toHaveLength(2));
  search.indexMoved();
  expect(searches()).toBe(3);
});

it("asks again when the index moved while a partial answer was on its way", async () => {
  const waiting: ((given: SearchReply) => void)[] = [];
  host({ search: () => new Promise((resolve) => waiting.push(resolve)), read_decision: () => new Promise(() => undefined) });
  search.type("idem");
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  search.indexMoved();
  expect(waiting).toHaveLength(1);
  waiting[0]?.(reply("idem", [], 5));
  await vi.waitFor(() => expect(waiting).toHaveLength(2));
  waiting[1]?.(reply("idem", ["a.md"]));
  await vi.waitFor(() => expect(search.hits).toHaveLength(1));
  expect(waiting).toHaveLength(2);
});

it("exchanges only the words that are nowhere", async () => {
  const calls = host({
    search: ({ request }) => ({ ...reply(request.query, []), corrected: request.query.replace("polcy", "policy"), exchanged: [{ written: "polcy", meant: "policy" }] }),
    read_decision: () => new Promise(() => undefined),
  });
  search.type("status:accepted kafka polcy");
  await vi.waitFor(() => expect(search.reply?.corrected).toBe("status:accepted kafka policy"));
  search.correct();
  expect(search.query).toEqual({ tokens: ["status:accepted"], text: "kafka policy" });
  await vi.waitFor(() => expect(calls.at(-1)?.args).toMatchObject({ request: { query: "status:accepted kafka policy" } }));
});

const pastHit = (path: string): PastHit => ({ commit: "abc", subject: "s", author: "a", date: "2026-01-01", path, title: path, deleted: true, text: { text: "", marks: [] }, snippet: "" });
const pastReply = (query: string, paths: string[], building: boolean): PastReply => ({ query, took_us: 1, total: paths.length, hits: paths.map(pastHit), building, paused: false, read: 0, all: 0, exchanged: [], complaint: null, complaint_at: null });

it("asks for commits while their tab is shown, again when the index has moved, and shows records as they stood before", async () => {
  let whole = false;
  const calls = host({
    search: ({ request }) => reply(request.query, ["a.md"]),
    search_past: ({ request }) => pastReply(request.query, whole ? ["gone.md"] : [], !whole),
    read_decision: () => new Promise(() => undefined),
    read_decision_as_of: () => new Promise(() => undefined),
  });
  search.type("mailbox");
  await vi.waitFor(() => expect(search.hits).toHaveLength(1));
  search.show("commits");
  await vi.waitFor(() => expect(search.pastReply?.building).toBe(true));
  whole = true;
  search.indexMoved();
  await vi.waitFor(() => expect(search.pastHits).toHaveLength(1));
  expect(search.activeIndex).toBe(0);
  await vi.waitFor(() => expect(calls.at(-1)).toMatchObject({ name: "read_decision_as_of", args: { path: "gone.md", when: "abc~1" } }));
  const asked = calls.length;
  search.indexMoved();
  expect(calls).toHaveLength(asked);
});

it("tells how much filters hide where they leave nothing, and the paths that matching decisions bind", async () => {
  const calls = host({
    search: ({ request }) => ({ ...reply(request.query, request.status.length > 0 || request.query.includes("status:") ? [] : ["a.md", "b.md"]), corrected: request.query.replace("fencing", "fence") }),
    view_matches: ({ queries }) => queries.map(() => []),
    read_decision: () => new Promise(() => undefined),
  });
  search.type("fencing");
  await vi.waitFor(() => expect(search.hits).toHaveLength(2));
  expect(search.hidden).toBeNull();
  search.narrow({ statuses: ["rejected"] });
  await vi.waitFor(() => expect(search.hidden).toBe(2));
  expect(calls.findLast((call) => call.name === "search")?.args).toMatchObject({ request: { query: "fencing", status: [], limit: 1 } });
  // A spelling that is taken from there is shown, whatever filtered.
  search.correct();
  await vi.waitFor(() => expect(search.hits).toHaveLength(2));
  expect(search.hasFacets).toBe(false);
  search.show("paths");
  await vi.waitFor(() => expect(calls.at(-1)).toMatchObject({ name: "view_matches", args: { queries: ["fence", "path:fence"] } }));
  search.type("services/pay/x.rs");
  await vi.waitFor(() => expect(calls.at(-1)).toMatchObject({ name: "view_matches", args: { queries: ["path:services/pay/x.rs"] } }));
  search.order = "newest";
  await vi.waitFor(() => expect(calls.findLast((call) => call.name === "search")?.args).toMatchObject({ request: { order: "newest" } }));
});

it("asks for more at the end of the list, for all that an export takes along, and begins anew with other words", async () => {
  const all = Array.from({ length: 300 }, (_, at) => `${String(at)}.md`);
  const asked: number[] = [];
  host({ search: ({ request }) => (asked.push(request.limit), { ...reply(request.query, all.slice(0, request.limit)), total: all.length }), read_decision: () => new Promise(() => undefined), view_matches: () => [] });
  search.type("idem");
  await vi.waitFor(() => expect(search.hits).toHaveLength(60));
  search.moveTo(20);
  search.moveTo(58);
  await vi.waitFor(() => expect(search.hits).toHaveLength(120));
  expect(search.active?.path).toBe("58.md");
  void search.more();
  await search.more();
  expect([search.hits.length, asked]).toEqual([240, [60, 120, 240]]);
  await search.fetchAll();
  expect(search.hits).toHaveLength(300);
  await search.more();
  search.type("idem pot");
  await vi.waitFor(() => expect(search.hits).toHaveLength(60));
  expect(asked).toEqual([60, 120, 240, 300, 60]);
});

it("acts on the decision of a path, too, and on no commit", async () => {
  const log = [decision({ path: "a.md", applies_to: ["services/**"] })];
  await openLog(log, () => "", { search: ({ request }) => reply(request.query, ["a.md"]), view_matches: ({ queries }) => queries.map(() => ["a.md"]), search_past: ({ request }) => pastReply(request.query, ["a.md"], false), read_decision_as_of: () => new Promise(() => undefined) });
  search.type("services");
  await vi.waitFor(() => expect(search.activeRecord).toBe("a.md"));
  search.show("paths");
  await vi.waitFor(() => expect(search.pathRows).toHaveLength(1));
  expect(search.activeRecord).toBe("a.md");
  search.show("commits");
  await vi.waitFor(() => expect(search.pastHits).toHaveLength(1));
  expect(search.activeRecord).toBeNull();
});
