import { describe, expect, it } from "vitest";

import { decision } from "../../test/fixtures";
import { countNames, matchCommands, matchDecisions, matchNames, parseQuery } from "./palette";

const LOG = [
  decision({ path: "0119.md", title: "Run the ledger multi-master across regions", status: "rejected" }),
  decision({ path: "0121.md", title: "Postings are the only source of balance truth", scope: "ledger" }),
  decision({ path: "0124.md", title: "Idempotency keys live at the API edge", tags: ["api", "ledger-client"] }),
  decision({ path: "0126.md", title: "Ledger writes carry a fencing token", status: "proposed" }),
  decision({ path: "0012.md", title: "Größe zählt" }),
];

function check(query: string, expected: string[], recent: string[] = []) {
  expect(matchDecisions(LOG, parseQuery(query), recent).map((match) => match.decision.label)).toEqual(expected);
}

describe("palette", () => {
  it("puts titles before scopes and tags, prefixes before the rest", () => {
    check("ledg", ["0126", "0119", "0124", "0121"]);
    check("idem", ["0124"]);
    check("fenc tok", ["0126"]);
    check("nothing like it", []);
  });

  it("forgives a slip and knows other alphabets", () => {
    check("idempotncy", ["0124"]);
    check("größe", ["0012"]);
  });

  it("takes bare digits as a number, exact first", () => {
    check("121", ["0121"]);
    check("12", ["0012", "0121", "0124", "0126"]);
    check("ADR-0126", ["0126"]);
  });

  it("understands prefixes", () => {
    expect(parseQuery("> copy")).toEqual({ kind: "commands", text: "copy" });
    check("#ledger", ["0124", "0121"]);
    check("> ledg", []);
    expect(["/src", "@da", ":why", "#x"].map((query) => parseQuery(query).kind)).toEqual(["paths", "people", "place", "tags"]);
  });

  it("counts names and puts those that begin with the text first", () => {
    const log = [decision({ path: "1.md", decision_makers: ["@dana", "@lee"] }), decision({ path: "2.md", decision_makers: ["@dana"], consulted: ["@dana", "team:data"] })];
    const counts = countNames(log, (one) => [...one.decision_makers, ...one.consulted]);
    expect(matchNames(counts, "da").map(({ name, count, marks }) => [name, count, marks])).toEqual([["@dana", 2, [1, 3]], ["team:data", 1, [5, 7]]]);
    expect(matchNames(counts, "")).toHaveLength(3);
  });

  it("finds a record by the name of its file when nothing better does", () => {
    expect(matchDecisions([decision({ path: "docs/adr/0007-mongo.md", title: "Use one store" })], parseQuery("mongo"), [])[0]?.why).toEqual({ kind: "path", value: "docs/adr/0007-mongo.md" });
  });

  it("marks what matched", () => {
    const [first] = matchDecisions(LOG, parseQuery("fencing"), []);
    const [start = 0, end = 0] = first?.marks ?? [];
    expect(first?.decision.title.slice(start, end)).toBe("fencing");
  });

  it("finds commands, and lists all of them for an empty text", () => {
    const commands = ["Copy link", "Copy path", "Zoom in"];
    const found = (text: string) => matchCommands(commands, (one) => one, text).map((match) => match.command);
    expect(found("")).toEqual(commands);
    expect(found("cop pa")).toEqual(["Copy path"]);
    // What is written as typed comes before what a slip of the finger could have meant.
    expect(matchCommands(["Clone repository…", "Close repository"], (one) => one, "Close repository")[0]?.command).toBe("Close repository");
  });
});
