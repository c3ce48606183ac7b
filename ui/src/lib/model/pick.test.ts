import { expect, test } from "vitest";
import { decision } from "../../test/fixtures";
import { matchDecisions } from "./pick";

const all = [
  decision({ path: "docs/0012-queue.md", title: "Queue at 0007 a day", status: "proposed" }),
  decision({ path: "docs/0007-mongo.md", title: "Use Mongo", status: "superseded" }),
  decision({ path: "docs/0070-postgres.md", title: "Use Postgres" }),
];
const found = (query: string, except = "") => matchDecisions(all, query, except).map((one) => one.label);

test.each([
  ["", ["0070", "0012", "0007"]],
  ["use", ["0070", "0007"]],
  ["ADR-0007", ["0007", "0012"]],
  ["7", ["0070", "0007", "0012"]],
  ["mongo use", ["0007"]],
  ["cassandra", []],
])("%j finds %j", (query, expected) => {
  expect(found(query)).toEqual(expected);
});

test("never offers the record itself", () => {
  expect(found("use", "docs/0070-postgres.md")).toEqual(["0007"]);
});
