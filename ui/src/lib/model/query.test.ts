import { expect, it } from "vitest";

import { ended, markableWords, queryText, respelled, takeTokens } from "./query";

function check(text: string, tokens: string[], rest: string) {
  expect(takeTokens({ tokens: [], text })).toEqual({ tokens, text: rest });
}

it("takes finished filters out of the text", () => {
  check("status:accepted idem", ["status:accepted"], "idem");
  check("status:acc", [], "status:acc");
  check("status:accepted ", ["status:accepted"], "");
  check('idem tag:"two words" key', ['tag:"two words"'], "idem key");
  check("-tag:old scope:ledger x", ["-tag:old", "scope:ledger"], "x");
});

it("leaves alone what only looks like a filter", () => {
  check("http://example.org a", [], "http://example.org a");
  check("foo:bar baz", [], "foo:bar baz");
});

it("leaves what stands in a phrase in it", () => {
  check('"what is:open means" x', [], '"what is:open means" x');
  check('"what is:open mea', [], '"what is:open mea');
  check("“is:open or” is:stale x", ["is:stale"], "“is:open or” x");
  check('x -"tag:a b" tag:“c d” y', ["tag:“c d”"], 'x -"tag:a b" y');
  check('tag:"a is:open ', [], 'tag:"a is:open ');
  check('"this OR that" is:open x', ["is:open"], '"this OR that" x');
});

it("ends what is begun", () => {
  expect(ended('a "event lo')).toBe('a "event lo"');
  expect(ended("a OR")).toBe("a");
  expect(ended("a OR b")).toBe("a OR b");
  expect(ended("OR")).toBe("OR");
  expect(ended('a "b"')).toBe('a "b"');
});

it("leaves filters at the sides of OR in the text", () => {
  check("status:accepted OR status:proposed ", [], "status:accepted OR status:proposed ");
  expect(takeTokens({ tokens: ["is:open", "tag:a"], text: "OR" })).toEqual({ tokens: ["is:open"], text: "tag:a OR" });
  check('status:accepted "this OR that" x', ["status:accepted"], '"this OR that" x');
  check("status:accepted ORACLE x", ["status:accepted"], "ORACLE x");
});

it("does not repeat a filter", () => {
  expect(takeTokens({ tokens: ["is:open"], text: "is:open x" })).toEqual({ tokens: ["is:open"], text: "x" });
});

it("puts both together again", () => {
  expect(queryText({ tokens: ["is:open"], text: " fencing token " })).toBe("is:open fencing token");
});

it("takes another spelling of its text", () => {
  const query = { tokens: ["is:open", 'tag:"a b"'], text: "kafka, polcy" };
  expect(respelled(query, 'is:open tag:"a b" kafka, policy')).toEqual({ ...query, text: "kafka, policy" });
  expect(respelled({ tokens: [], text: "polcy" }, "policy")).toEqual({ tokens: [], text: "policy" });
  expect(respelled({ tokens: ["is:stale"], text: "x" }, "is:open policy")).toEqual({ tokens: ["is:open"], text: "policy" });
});

it("knows what to mark", () => {
  expect(markableWords('idem "api edge" -old status:accepted key')).toEqual(["idem", "api edge", "key"]);
});
