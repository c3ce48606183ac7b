import { afterEach, expect, test } from "vitest";
import { decision, listing } from "../../test/fixtures";
import { forgetHost, host } from "../../test/host";
import { decisions } from "./listing";

afterEach(forgetHost);

const OLD = decision({ path: "1.md", superseded_by: ["3.md"], tags: ["store"], cites: ["3.md", "2.md"], scope: "core" });
const PLAIN = decision({ path: "2.md", status: null, number: null });
const NEW = decision({ path: "3.md", supersedes: ["1.md"], stated_supersedes: ["1.md"], relates_to: [{ path: "2.md", as: "refines" }], date: "2026-01-02", held_from: "2026-01-02" });

test("parts are put together, and what was left out is empty", async () => {
  const { decisions: rows, ...head } = listing([OLD, PLAIN, NEW], { generation: 7, parts: 3 });
  const asked = host({ decisions: () => ({ ...head, decisions: rows.slice(0, 1) }), decisions_part: ({ part }) => rows.slice(part, part + 1) });
  const whole = await decisions();
  expect(whole).toEqual({ generation: 7, logs: [], problems: [], decisions: [OLD, PLAIN, NEW] });
  expect(asked.map(({ name, args }) => [name, args])).toEqual([["decisions", {}], ["decisions_part", { generation: 7, part: 1 }], ["decisions_part", { generation: 7, part: 2 }]]);
});

test("a list that another one has taken the place of is asked for again", async () => {
  const { decisions: rows, ...head } = listing([OLD, PLAIN, NEW], { parts: 2 });
  let generation = 4;
  host({ decisions: () => ({ ...head, generation: ++generation, decisions: rows.slice(0, 2) }), decisions_part: (wanted) => (wanted.generation === 6 ? rows.slice(2) : null) });
  const whole = await decisions();
  expect([whole.generation, whole.decisions]).toEqual([6, [OLD, PLAIN, NEW]]);
});
