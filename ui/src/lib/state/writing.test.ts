import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { NewRequest, PlanPreview, SupersedeRequest } from "../ipc/bindings";
import { HostError } from "../ipc/client";
import type { Call } from "./editor.svelte";
import { forgetEntries, NewDecision, newDecision, statusChange, Supersede, supersedeOf } from "./writing.svelte";

function plan(digest: string): PlanPreview {
  return { title: digest, digest, files: [], record: null, label: "0129", chain: [], problems: [], notes: [] };
}

interface Asked {
  name: string;
  args: Record<string, unknown>;
}

/** Answers each command by a function of its arguments and remembers what was asked. */
function host(answers: Record<string, (args: never) => unknown>): { call: Call; asked: Asked[] } {
  const asked: Asked[] = [];
  const call = async (name: string, args: Record<string, unknown>): Promise<unknown> => {
    asked.push({ name, args });
    const answer = answers[name];
    if (!answer) throw new Error(`not expected: ${name}`);
    return answer(args as never);
  };
  return { call: call as unknown as Call, asked };
}

const REPLY = { changed: ["docs/adr/0129-x.md"], problems: [], generation: 2, hash: null, record: "docs/adr/0129-x.md" };
const byTitle = ({ request }: { request: NewRequest | SupersedeRequest }): PlanPreview => plan(String(request.title));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("entries of one repository do not show up in the next", () => {
  newDecision.title = "Typed";
  supersedeOf("a.md").title = "Typed too";
  expect(supersedeOf("a.md").title).toBe("Typed too");
  forgetEntries();
  expect([newDecision.title, supersedeOf("a.md").title]).toEqual(["", ""]);
});

describe("new decision", () => {
  const answers = {
    templates: () => [{ name: "madr", title: "MADR", description: "", html: "", uses: 3 }, { name: "team", title: "Team", description: "", html: "", uses: 7 }],
    plan_new: byTitle,
    similar: () => [{ path: "a" }, { path: "b" }, { path: "c" }],
    apply_new: () => REPLY,
  };

  test("opens with the most used template and the next number", async () => {
    const { call } = host(answers);
    const dialog = new NewDecision(call);
    await dialog.open();
    await vi.advanceTimersByTimeAsync(0);
    expect([dialog.template, dialog.plan.preview?.label, dialog.ready]).toEqual(["team", "0129", false]);
    expect(await dialog.apply()).toBeNull();
  });

  test("asks once after a pause and shows two close titles", async () => {
    const { call, asked } = host(answers);
    const dialog = new NewDecision(call);
    for (const title of ["Webh", "Webhoo", "Webhook"]) {
      dialog.title = title;
      dialog.changed();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(50);
    expect(asked.map((a) => a.name).sort()).toEqual(["plan_new", "similar"]);
    expect(dialog.close.map((hit) => hit.path)).toEqual(["a", "b"]);
  });

  test("applies the plan of what is typed now, not of an older title", async () => {
    const { call, asked } = host(answers);
    const dialog = new NewDecision(call);
    dialog.title = "Old";
    dialog.changed();
    await vi.advanceTimersByTimeAsync(150);
    dialog.title = "New";
    dialog.changed();
    expect((await dialog.apply())?.record).toBe("docs/adr/0129-x.md");
    expect(asked.at(-1)).toMatchObject({ name: "apply_new", args: { digest: "New", request: { title: "New" } } });
    expect(dialog.title).toBe("");
  });
});

describe("supersede", () => {
  test("an answer that comes late does not replace a newer one", async () => {
    const waiting: (() => void)[] = [];
    const { call } = host({ plan_supersede: (args: { request: SupersedeRequest }) => new Promise((done) => waiting.push(() => done(byTitle(args)))) });
    const dialog = new Supersede("docs/adr/0121.md", call);
    for (const title of ["First", "Second"]) {
      dialog.title = title;
      dialog.changed();
      await vi.advanceTimersByTimeAsync(150);
    }
    waiting[1]?.();
    await vi.advanceTimersByTimeAsync(0);
    waiting[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(dialog.plan.preview?.digest).toBe("Second");
  });

  test("files that changed since are planned anew and not written", async () => {
    let digest = 1;
    const conflict = new HostError({ code: "conflict", message: "0121 changed on disk", hint: null, path: null, line: null, details: null });
    const { call } = host({
      plan_supersede: () => plan(`v${digest}`),
      apply_supersede: (args: { digest: string }) => {
        if (args.digest === "v1") {
          digest = 2;
          throw conflict;
        }
        return REPLY;
      },
    });
    const dialog = new Supersede("docs/adr/0121.md", call);
    dialog.title = "Successor";
    dialog.changed();
    await vi.advanceTimersByTimeAsync(150);
    expect(await dialog.apply()).toBeNull();
    expect([dialog.plan.error?.code, dialog.plan.preview?.digest]).toEqual(["conflict", "v2"]);
    expect(await dialog.apply()).toEqual(REPLY);
  });

  test("an empty title has no plan", async () => {
    const { call, asked } = host({});
    const dialog = new Supersede("docs/adr/0121.md", call);
    dialog.title = "  ";
    dialog.changed();
    await vi.advanceTimersByTimeAsync(500);
    expect(asked).toEqual([]);
    expect(await dialog.apply()).toBeNull();
  });
});

test("a change of status is shown, then applied by its digest", async () => {
  const { call, asked } = host({ plan_status: () => plan("d"), apply_status: () => REPLY });
  const confirmation = statusChange("docs/adr/0126.md", "accepted", call);
  await vi.advanceTimersByTimeAsync(0);
  expect(confirmation.plan.preview?.digest).toBe("d");
  expect(await confirmation.plan.apply()).toEqual(REPLY);
  expect(asked.at(-1)?.args).toEqual({ path: "docs/adr/0126.md", status: "accepted", digest: "d" });
});
