import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { GitStatus, NewRequest, PlanPreview, SupersedeRequest } from "../ipc/bindings";
import { HostError } from "../ipc/client";
import type { Call } from "./editor.svelte";
import { git } from "./git.svelte";
import { forgetEntries, NewDecision, newDecision, statusChange, Supersede, supersedeOf } from "./writing.svelte";

function plan(digest: string): PlanPreview {
  return { title: digest, digest, files: [], record: null, label: "0129", branch: null, chain: [], problems: [], notes: [] };
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
afterEach(() => {
  vi.useRealTimers();
  git.clear();
});

const standOn = (branch: string | null, more: Partial<GitStatus> = {}): void => {
  git.accept({ branch, default_branch: "main", head: "4f2c19e", operation: null, files: [], ...more } as unknown as GitStatus);
};

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

describe("on a new branch", () => {
  const answers = { templates: () => [], plan_new: byTitle, similar: () => [], apply_new: () => REPLY };
  const asks = async (dialog: NewDecision, asked: Asked[]): Promise<unknown> => {
    dialog.title = "Sign every invoice";
    dialog.changed(0);
    await vi.advanceTimersByTimeAsync(0);
    return asked.findLast((one) => one.name === "plan_new")?.args;
  };

  test("is ticked where others start from, and only there", async () => {
    const { call, asked } = host(answers);
    const dialog = new NewDecision(call);
    standOn("main");
    expect(await asks(dialog, asked)).toMatchObject({ request: { on_branch: true } });
    standOn("adr/0128-x");
    expect(await asks(dialog, asked)).toMatchObject({ request: { on_branch: false } });
    dialog.chooseBranch(true);
    expect(await asks(dialog, asked)).toMatchObject({ request: { on_branch: true } });
    await dialog.apply();
    expect(dialog.onBranch).toBe(false);
  });

  test("is not asked for where no branch can begin", async () => {
    const { call, asked } = host(answers);
    const dialog = new NewDecision(call);
    for (const none of [{ head: null }, { operation: "merge" }, { default_branch: null }]) {
      standOn("main", none);
      expect(await asks(dialog, asked)).toMatchObject({ request: { on_branch: false } });
    }
  });
});

describe("supersede", () => {
  test("is accepted at once on a branch of its own, and a proposal where others start from", () => {
    const first = (): string => new Supersede("docs/adr/0121.md", host({}).call).status;
    expect(first()).toBe("proposed");
    standOn("main");
    expect(first()).toBe("proposed");
    standOn("adr/0129-x");
    expect(first()).toBe("accepted");
    standOn(null);
    expect(first()).toBe("proposed");
  });

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
