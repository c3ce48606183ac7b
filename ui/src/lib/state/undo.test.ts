import { expect, test } from "vitest";
import type { UndoItem } from "../ipc/bindings";
import type { Call } from "./editor.svelte";
import { Undo } from "./undo.svelte";

const item = (id: string, undone: boolean, paths = [`${id}.md`]): UndoItem => ({ id, title: `Step ${id}`, on: "2026-11-20", paths, undone, conflict: null });

async function undoOf(items: UndoItem[]): Promise<{ undo: Undo; asked: string[] }> {
  const asked: string[] = [];
  const call = (name: string, args: { id?: string; digest?: string } | undefined) => {
    asked.push(`${name} ${args?.id ?? ""} ${args?.digest ?? ""}`.trim());
    return Promise.resolve(name === "undo_list" ? items : name === "plan_undo" ? { digest: "d" } : { changed: [] });
  };
  const undo = new Undo(call as unknown as Call);
  await undo.refresh();
  return { undo, asked };
}

test.each([
  ["nothing done", [], null, null],
  ["done only", [item("2", false), item("1", false)], "2", null],
  ["the newest taken back", [item("3", true), item("2", false)], "2", "3"],
  ["two taken back: the older is done again first", [item("3", true), item("2", true), item("1", false)], "1", "2"],
  ["done since: what was taken back before is no redo", [item("3", false), item("2", true)], "3", null],
] as const)("%s", async (_, items, last, next) => {
  const { undo } = await undoOf([...items]);
  expect([undo.last?.id ?? null, undo.next?.id ?? null]).toEqual([last, next]);
});

test("a toast offers only the step that wrote its files", async () => {
  const { undo } = await undoOf([item("2", false, ["b.md", "a.md"]), item("1", false)]);
  expect(undo.stepOf({ changed: ["a.md", "b.md"] })?.id).toBe("2");
  expect(undo.stepOf({ changed: ["a.md"] })).toBeNull();
  expect(undo.stepOf({ changed: ["1.md"] })).toBeNull();
});

test("a step is taken as it was planned just before", async () => {
  const { undo, asked } = await undoOf([item("2", false)]);
  await undo.take("2");
  expect(asked).toEqual(["undo_list", "plan_undo 2", "apply_undo 2 d"]);
});

test("an answer is taken although a newer question is under way", async () => {
  const waiting: ((items: UndoItem[]) => void)[] = [];
  const undo = new Undo((() => new Promise<UndoItem[]>((done) => waiting.push(done))) as unknown as Call);
  const first = undo.refresh();
  const second = undo.refresh();
  waiting[0]?.([item("1", false)]);
  await first;
  expect(undo.last?.id).toBe("1");
  waiting[1]?.([item("2", false), item("1", false)]);
  await second;
  expect(undo.last?.id).toBe("2");
});
