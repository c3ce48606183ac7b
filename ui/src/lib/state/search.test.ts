import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { forgetHost, host } from "../../test/host";
import type { SearchReply } from "../ipc/bindings";
import { navigation } from "./navigation.svelte";
import { search } from "./search.svelte";

const hit = (path: string) => ({ path, title: path, score: 1, snippet: "", title_marks: [], snippets: [] });
const reply = (query: string, paths: string[]): SearchReply => ({ query, took_us: 1, total: paths.length, hits: paths.map(hit), status_facets: [], tag_facets: [], scope_facets: [], complaint: null, corrected: null });

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

it("sends tokens and facets with the words", async () => {
  const calls = host({ search: ({ request }) => reply(request.query, []), read_decision: () => new Promise(() => undefined) });
  search.type("status:accepted idem");
  search.narrow({ scopes: ["ledger"] });
  await vi.waitFor(() => expect(calls.at(-1)?.args).toMatchObject({ request: { query: "status:accepted idem", scopes: ["ledger"] } }));
  expect(search.query).toEqual({ tokens: ["status:accepted"], text: "idem" });
});
