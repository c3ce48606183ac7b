import { render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it } from "vitest";

import type { PastReply } from "../../lib/ipc/bindings";
import { expectAccessible } from "../../test/axe";
import { forgetHost, host } from "../../test/host";
import ReadingPast from "./ReadingPast.svelte";

const reply = (state: Partial<PastReply>): PastReply => ({ query: "queue", took_us: 1, total: 0, hits: [], building: false, paused: false, read: 0, all: 0, exchanged: [], complaint: null, complaint_at: null, ...state });
let asked: boolean[];

beforeEach(() => {
  asked = [];
  host({ pause_past: ({ paused }) => (asked.push(paused), null) });
});
afterEach(forgetHost);

it("says how far the reading is, stops it and goes on from the same button", async () => {
  const { container, rerender } = render(ReadingPast, { reply: reply({ building: true, read: 1_200, all: 4_000 }) });
  expect(container).toHaveTextContent("1,200 of 4,000 commits");
  const button = screen.getByRole("button", { name: "Stop" });
  button.click();
  await rerender({ reply: reply({ paused: true, read: 1_300, all: 4_000 }) });
  expect(screen.getByRole("status")).toHaveTextContent("The reading of the log was stopped.");
  expect(screen.getByRole("button", { name: "Go on" })).toBe(button);
  await expectAccessible(container);
  button.click();
  expect(asked).toEqual([true, false]);
});

it("says nothing of a log that was read to its end", () => {
  const { container } = render(ReadingPast, { reply: reply({}) });
  expect(container).toHaveTextContent("");
  expect(screen.queryByRole("button")).toBeNull();
});
