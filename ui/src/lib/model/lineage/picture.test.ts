import { expect, it } from "vitest";

import { decision } from "../../../test/fixtures";
import { layOut } from "./layout";
import { cut, pictureOf } from "./picture";
import { TimeScale, WHOLE } from "./scale";
import { dayOf, itemOf, strandsOf } from "./strands";
import { svgOf } from "./svg";
import { barName, kindOf, nodeOf, spanOf } from "./words";

const at = (iso: string) => dayOf(iso) ?? Number.NaN;
const TODAY = "2026-11-20";
const LOG = [
  decision({ path: "0001.md", title: "Store <b>balances</b> & \"locks\"", status: "superseded", held_from: "2023-08-01", held_to: "2026-03-14", superseded_by: ["0002.md"] }),
  decision({ path: "0002.md", title: "Postings\u0000 only", held_from: "2026-03-14", supersedes: ["0001.md"] }),
  decision({ path: "0003.md", status: "rejected", date: "2024-05-06", title: "No" }),
];

function svg(asOf: number | null = null): string {
  const scale = new TimeScale(at("2023-01-01"), at(TODAY), false);
  const layout = layOut({ strands: strandsOf(LOG), scale, grouping: "scope", scopes: [], width: 700 });
  const marks = scale.years.map(({ year, start, end }) => ({ year, x: start * 700, room: (end - start) * 700 }));
  const picture = pictureOf({ layout, view: WHOLE, left: 92, plot: 700, right: 56, marks, asOf, asOfX: asOf === null ? null : 10, dayName: "Today", title: "Lineage", laneName: () => "All", colour: () => "#123456", measure: (text) => text.length * 6 });
  return svgOf(picture, "Lineage & more");
}

it("makes an SVG that stands alone and holds every title as text", () => {
  const text = svg();
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  expect(parsed.querySelector("parsererror")).toBeNull();
  const words = [...parsed.querySelectorAll("text")].map((one) => one.textContent);
  expect(words).toContain("Store <b>balances</b> & \"locks\"");
  expect(words).toContain("0002");
  expect(words).toContain("2024");
  expect(parsed.documentElement.getAttribute("aria-label")).toBe("Lineage & more");
  expect(text).not.toMatch(/var\(|href|<script/);
  expect(text).not.toContain("\u0000");
  expect([...parsed.querySelectorAll("[fill^='url']")].every((one) => parsed.getElementById((one.getAttribute("fill") ?? "").slice(5, -1)) !== null)).toBe(true);
});

it("draws the same shapes for a day as the screen does", () => {
  expect(svg(at("2025-01-01"))).not.toBe(svg());
});

it("cuts words to the room there is", () => {
  const check = (room: number, expected: string) => expect(cut("Postings are truth", room, (text) => text.length * 10)).toBe(expected);
  check(180, "Postings are truth");
  check(100, "Postings…");
  check(15, "");
});

it("names bars by number, title, status and tenure", () => {
  const check = (index: number, asOf: string | null, expected: string) => expect(barName(itemOf(LOG[index] ?? decision({ path: "x" })), TODAY, asOf === null ? null : at(asOf))).toBe(expected);
  check(0, null, "0001, Store <b>balances</b> & \"locks\", superseded, held 31 months, August 2023 to March 2026");
  check(1, null, "0002, Postings\u0000 only, accepted, holding 8 months, since March 2026");
  check(2, null, "0003, No, rejected, on 6 May 2024");
  check(0, "2025-01-01", "0001, Store <b>balances</b> & \"locks\", superseded, held 31 months, August 2023 to March 2026, in force on 1 January 2025");
});

it("says how long a chain is, and what would happen to it", () => {
  const [chain] = strandsOf(LOG);
  expect(chain && spanOf(chain, TODAY)).toBe("3 years");
  expect(nodeOf(decision({ path: "4", status: "proposed", supersedes: ["0002.md"] })).role).toBe("would-replace");
  expect(["refines", "amended-by", "depends-on", "required-by", "relates-to", "clarifies"].map(kindOf)).toEqual(["amends", "amends", "depends", "depends", "relates", "amends"]);
});
