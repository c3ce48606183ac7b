import { afterEach, beforeEach, expect, it, vi } from "vitest";

import type { RecordView } from "../ipc/bindings";
import { forgetHost, host } from "../../test/host";
import { peek } from "./peek.svelte";

let answer: (view: RecordView) => void;
const VIEW = { summary: { path: "a.md" } } as unknown as RecordView;
let link: HTMLElement;

beforeEach(() => {
  vi.useFakeTimers();
  host({ read_decision: () => new Promise((done) => (answer = done)) });
  link = document.body.appendChild(document.createElement("a"));
});
afterEach(async () => {
  peek.hide();
  await peek.reader.open(null);
  link.remove();
  vi.useRealTimers();
  forgetHost();
});

async function arrive(): Promise<void> {
  answer(VIEW);
  await vi.runAllTimersAsync();
}

it("shows the card of a link that the mouse stays on", async () => {
  peek.plan("a.md", link);
  await vi.advanceTimersByTimeAsync(400);
  await arrive();
  expect(peek.card?.path).toBe("a.md");
});

it("does not bring the card after the mouse has gone", async () => {
  peek.plan("a.md", link);
  await vi.advanceTimersByTimeAsync(400);
  peek.leave();
  await arrive();
  expect(peek.card).toBeNull();
});
