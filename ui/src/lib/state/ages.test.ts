import { expect, it, vi } from "vitest";

import type { FindingItem, FindingPlace } from "../ipc/bindings";
import { Ages } from "./ages.svelte";
import type { Call } from "./editor.svelte";

const finding = (line: number) => ({ rule: "a/b", path: "x.rs", line, fingerprint: `${String(line)}:1` }) as FindingItem;
const settled = () => new Promise((done) => setTimeout(done));

function engine() {
  const asked: number[][] = [];
  const call = ((_: string, { places }: { places: FindingPlace[] }) => {
    asked.push(places.map(({ line }) => line));
    return Promise.resolve(places.map(({ line }) => (line === 3 ? null : { commit: null, days: line, by_rule: false })));
  }) as unknown as Call;
  return { asked, ages: new Ages(call) };
}

it("asks for what is on the screen, once, a few at a time", async () => {
  const { asked, ages } = engine();
  const all = Array.from({ length: 10 }, (_, at) => finding(at + 1));
  ages.want(all);
  ages.want(all);
  await settled();
  expect(asked).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], [9, 10]]);
  expect([ages.of(finding(2))?.days, ages.of(finding(3)), ages.of(finding(11))]).toEqual([2, null, undefined]);
  // The same place of a new verdict is asked for again, and so is everything after a commit.
  ages.want([finding(2)]);
  await settled();
  ages.renew();
  await settled();
  expect(asked.slice(2)).toEqual([[2], [2]]);
});

it("asks no more for what has left the screen", async () => {
  const { asked, ages } = engine();
  ages.want(Array.from({ length: 20 }, (_, at) => finding(at + 1)));
  ages.want([finding(30)]);
  await settled();
  expect(asked).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], [30]]);
});

it("forgets another repository, and goes on without an answer", async () => {
  const call = vi.fn(() => Promise.reject(new Error("no git"))) as unknown as Call;
  const ages = new Ages(call);
  ages.want([finding(1)]);
  await settled();
  expect(ages.of(finding(1))).toBeUndefined();
  const { ages: other } = engine();
  other.want([finding(1)]);
  await settled();
  other.clear();
  expect(other.of(finding(1))).toBeUndefined();
});
