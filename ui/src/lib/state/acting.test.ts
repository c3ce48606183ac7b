import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PlanPreview } from "../ipc/bindings";
import { amendmentOf, deletionOf, forgetForm, forgetForms, keptForm, linkOf, moveOf, renameOf, renumberOf } from "./acting.svelte";
import type { Call } from "./editor.svelte";

const PATH = "docs/adr/0007-use-mongo.md";
const PLAN: PlanPreview = { title: "", digest: "d", files: [], record: null, label: null, branch: null, chain: [], problems: [], notes: [] };

/** What was asked of the host, in order. */
function host(): { call: Call; asked: { name: string; args: Record<string, unknown> }[] } {
  const asked: { name: string; args: Record<string, unknown> }[] = [];
  const call = (name: string, args: Record<string, unknown>) => {
    asked.push({ name, args });
    return Promise.resolve(PLAN);
  };
  return { call: call as unknown as Call, asked };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a new title names the file, and references are repaired unless that is taken off", async () => {
  const { call, asked } = host();
  const form = renameOf({ path: PATH, title: "Use Mongo" }, call);
  form.fields.title = " Use Postgres ";
  form.changed(0);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.at(-1)?.args["request"]).toMatchObject({ path: PATH, title: "Use Postgres", name: null, folder: null, keep_citations: false, code: false });
  form.fields.repair = false;
  form.fields.code = true;
  form.changed(0);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.at(-1)?.args["request"]).toMatchObject({ keep_citations: true, code: false });
});

test.each([
  ["an empty title", () => { const { call, asked } = host(); const form = renameOf({ path: PATH, title: "" }, call); return { form, asked }; }],
  ["no folder", () => { const { call, asked } = host(); const form = moveOf(PATH, call); return { form, asked }; }],
  ["no decision", () => { const { call, asked } = host(); const form = linkOf(PATH, call); return { form, asked }; }],
  ["an amendment without a title", () => { const { call, asked } = host(); const form = amendmentOf(PATH, call); return { form, asked }; }],
])("%s asks for no plan", async (_, open) => {
  const { form, asked } = open();
  await vi.advanceTimersByTimeAsync(500);
  expect([asked, form.plan.pending]).toEqual([[], false]);
});

test("without a number the next free one is asked for; letters ask for nothing", async () => {
  const { call, asked } = host();
  const form = renumberOf(PATH, call);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.at(-1)?.args["request"]).toMatchObject({ path: PATH, number: null });
  form.fields.number = "twelve";
  form.changed(0);
  await vi.advanceTimersByTimeAsync(0);
  expect([asked.length, form.plan.preview]).toEqual([1, null]);
  form.fields.number = "0012";
  form.changed(0);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.at(-1)?.args["request"]).toMatchObject({ number: 12 });
});

test("deleting is forced only when that was asked for", async () => {
  const { call, asked } = host();
  const form = deletionOf(PATH, call);
  await vi.advanceTimersByTimeAsync(0);
  await form.plan.apply();
  expect(asked.at(-1)).toEqual({ name: "apply_delete", args: { path: PATH, force: false, digest: "d" } });
  form.fields.force = true;
  form.changed(0);
  await form.plan.apply();
  expect(asked.at(-1)?.args).toMatchObject({ force: true });
});

test("a link in one's own word, an amendment by a record that is there", async () => {
  const { call, asked } = host();
  const link = linkOf(PATH, call);
  Object.assign(link.fields, { relation: "own", own: " inspired by ", to: "docs/adr/0003.md" });
  link.changed(0);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.at(-1)?.args["request"]).toEqual({ from: PATH, relation: "inspired by", to: "docs/adr/0003.md" });
  const amendment = amendmentOf(PATH, call);
  Object.assign(amendment.fields, { kind: "existing", title: "typed before", by: "docs/adr/0009.md" });
  amendment.changed(0);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.at(-1)?.args["request"]).toMatchObject({ old: PATH, by: "docs/adr/0009.md", title: null });
});

test("a dialog that is opened again for the same record has what was typed, until it is written", () => {
  const { call, asked } = host();
  const open = (path: string) => keptForm("amend", path, () => amendmentOf(path, call));
  open(PATH).fields.why = "Because";
  const again = open(PATH);
  expect(again.fields.why).toBe("Because");
  again.fields.title = "Other";
  const before = asked.length;
  open(PATH);
  vi.runAllTimers();
  // Files may have changed meanwhile: the plan is made anew.
  expect(asked.length).toBe(before + 1);
  expect(open("docs/adr/0001-a.md").fields.why).toBe("");
  expect(open(PATH).fields.why).toBe("");
  open(PATH).fields.why = "Once more";
  forgetForm(open(PATH).plan);
  expect(open(PATH).fields.why).toBe("");
  open(PATH).fields.why = "In this repository";
  forgetForms();
  expect(open(PATH).fields.why).toBe("");
});
