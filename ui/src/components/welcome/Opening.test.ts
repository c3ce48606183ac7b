import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, expect, it, vi } from "vitest";

import { forgetHost, host } from "../../test/host";
import { expectAccessible } from "../../test/axe";
import { session } from "../../lib/state/session.svelte";
import Opening from "./Opening.svelte";

afterEach(() => {
  cleanup();
  forgetHost();
  vi.useRealTimers();
});

it("shows where rows will be, and after two seconds how far it is and a way to stop", async () => {
  vi.useFakeTimers();
  const calls = host({ cancel_opening: () => null });
  const { container } = render(Opening, { path: "/home/dana/payments-platform/", opening: { done: 1200, all: 100_000 } });
  expect(screen.getByTestId("skeleton").getAttribute("aria-busy")).toBe("true");
  expect(screen.getByText("payments-platform")).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(screen.getByText("1,200 of 100,000 files read")).toBeTruthy();
  expect(screen.getByRole("progressbar", { name: "Opening payments-platform" }).getAttribute("aria-valuenow")).toBe("1");
  await fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await fireEvent.keyDown(window, { key: "Escape" });
  expect(calls.map((call) => call.name)).toEqual(["cancel_opening", "cancel_opening"]);
  vi.useRealTimers();
  await expectAccessible(container);
});

it("asks how far an opening is only when it takes long, and is silent about one that was stopped", async () => {
  vi.useFakeTimers();
  let stop: (error: unknown) => void = () => undefined;
  const calls = host({
    open_workspace: () => new Promise<never>((_, reject) => (stop = reject)),
    opening: () => ({ done: 3, all: 9 }),
    app_info: () => ({ version: "", platform: "", pdf: true, logs: "", crash_reports: "", cache: "", settings: "", recent: [], open: null, crashed: false, drafts: [], reloaded: false, trouble: null }),
  });
  const opened = session.open("/large");
  await vi.advanceTimersByTimeAsync(150);
  expect(calls.some((call) => call.name === "opening")).toBe(false);
  await vi.advanceTimersByTimeAsync(100);
  expect(session.opening).toEqual({ done: 3, all: 9 });
  stop({ code: "cancelled", message: "you stopped it", hint: null, path: null, line: null, details: null });
  expect(await opened).toBe(false);
  expect(session.opening).toBeNull();
  expect(session.failure).toBeNull();
});
