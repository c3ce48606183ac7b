import { describe, expect, it } from "vitest";

import { HostError } from "../ipc/client";
import { Debt } from "./debt.svelte";
import type { Call } from "./editor.svelte";

const fault = (code: "cancelled" | "not-found" | "git") => new HostError({ code, message: "no", hint: null, path: null, line: null, details: null });

/** A host whose answers to `debt` are given by hand. */
function host() {
  const asked: string[] = [];
  const waiting: { give: (value: unknown) => void; fail: (error: Error) => void }[] = [];
  const call = (async (name: string) => {
    asked.push(name);
    if (name === "debt_progress") return { done: 3, all: 26 };
    if (name === "debt") return new Promise((give, fail) => { waiting.push({ give, fail }); });
    return null;
  }) as unknown as Call;
  return { debt: new Debt(call), asked, waiting };
}

describe("debt", () => {
  it("tells how far it is, and what came of it", async () => {
    const { debt, waiting } = host();
    const counted = debt.count("2026-11-29");
    await debt.progress();
    expect([debt.standing, debt.far]).toEqual(["counting", { done: 3, all: 26 }]);
    waiting[0]?.give({ points: [] });
    await counted;
    expect([debt.standing, debt.points]).toEqual(["ready", []]);
    await debt.progress();
    expect(debt.far.done).toBe(3);
  });

  it("tells being stopped from a fault and from a history without commits", async () => {
    for (const [code, standing] of [["cancelled", "cancelled"], ["not-found", "empty"], ["git", "failed"]] as const) {
      const { debt, waiting } = host();
      const counted = debt.count("2026-11-29");
      waiting[0]?.fail(fault(code));
      await counted;
      expect([debt.standing, debt.error?.code]).toEqual([standing, code]);
    }
  });

  it("drops an answer that was overtaken, and stops what nobody waits for", async () => {
    const { debt, asked, waiting } = host();
    const first = debt.count("2026-11-29");
    const second = debt.count("2026-11-29");
    waiting[0]?.fail(fault("cancelled"));
    await first;
    expect(debt.standing).toBe("counting");
    debt.leave();
    expect(asked).toEqual(["debt", "debt", "cancel_debt"]);
    waiting[1]?.give({ points: [] });
    await second;
    expect(debt.points).toBeNull();
  });
});
