import { render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { actions } from "../lib/actions/actions.svelte";
import { windowActions } from "../lib/actions/window";
import { keepFocus } from "../lib/focus";
import { situationOf } from "../lib/keys/dispatch";
import { beside } from "../lib/state/beside.svelte";
import { firstPaint } from "../lib/state/firstPaint.svelte";
import { frame } from "../lib/state/frame.svelte";
import { library } from "../lib/state/library.svelte";
import { navigation } from "../lib/state/navigation.svelte";
import { selection } from "../lib/state/selection.svelte";
import { decision } from "../test/fixtures";
import { forgetHost } from "../test/host";
import { drawEverything, openLog, width } from "../test/window";
import Library from "./Library.svelte";

drawEverything();
const [A, B] = ["docs/adr/0001-a.md", "docs/adr/0002-b.md"];
const LOG = [decision({ path: A, title: "Alpha", date: "2026-02-01" }), decision({ path: B, title: "Beta", date: "2026-01-01" })];
const HTML = (path: string) => `<p>${path} <a class="citation" data-path="${B}" data-status="accepted">ADR-0002</a></p>${path === B ? '<h2 id="r-end">End</h2>' : ""}`;

let wide: () => void;
let stop: () => void;
let unregister: () => void;
beforeEach(async () => {
  await openLog(LOG, HTML);
  unregister = actions.register(windowActions());
  stop = keepFocus();
  wide = width(1440);
});
afterEach(() => {
  wide();
  stop();
  unregister();
  beside.close();
  forgetHost();
});

const tree = () => screen.getByRole("tree");
const page = () => document.querySelector("article.reader");
function press(key: string, on: Element | null = document.activeElement): void {
  on?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}
const row = (path: string) => library.rows.findIndex((one) => one.kind !== "group" && one.decision.path === path);

it("stays where the keys are when the first screen is painted", async () => {
  navigation.reset({ screen: "library", path: A });
  firstPaint.begin();
  render(Library);
  await tick();
  expect(library.activePath).toBe(A);
  library.moveTo(row(B));
  firstPaint.drawn(() => undefined);
  await vi.waitFor(() => { expect(firstPaint.over).toBe(true); });
  await tick();
  expect(library.activePath).toBe(B);
});

it("is walked in one pane, and Enter opens with the focus in the record", async () => {
  width(720);
  render(Library);
  tree().focus();
  vi.useFakeTimers();
  library.moveTo(row(A));
  library.moveTo(row(B));
  vi.runAllTimers();
  vi.useRealTimers();
  await tick();
  expect(navigation.place.path).toBeNull();
  expect(tree()).toHaveFocus();
  expect(selection.path).toBe(B);
  press("Enter");
  await vi.waitFor(() => { expect(page()).toHaveFocus(); });
  expect(navigation.place.path).toBe(B);
});

it("gives the focus to the record when the list goes with the width, and to the list on the way back", async () => {
  await navigation.go({ screen: "library", path: A });
  render(Library);
  await vi.waitFor(() => { expect(page()).not.toBeNull(); });
  tree().focus();
  width(720);
  await vi.waitFor(() => { expect(page()).toHaveFocus(); });
  screen.getByRole("button", { name: "Back to the list" }).focus();
  screen.getByRole("button", { name: "Back to the list" }).click();
  await vi.waitFor(() => { expect(tree()).toHaveFocus(); });
});

it("goes on in the record that a link leads to", async () => {
  await navigation.go({ screen: "library", path: A });
  render(Library);
  const link = await screen.findByRole("link", { name: /ADR-0002/ });
  link.focus();
  link.click();
  await vi.waitFor(() => { expect(navigation.place.path).toBe(B); });
  await vi.waitFor(() => { expect(page()).toHaveFocus(); });
});

it("has the reader's keys on its header and chain, too", async () => {
  await navigation.go({ screen: "library", path: A });
  render(Library);
  const button = await screen.findByRole("button", { name: "Copy link" });
  expect([...situationOf(button, true).contexts]).toEqual(["reader"]);
});

it("acts on the row that the keyboard is on, not on what is read", async () => {
  await navigation.go({ screen: "library", path: A });
  render(Library);
  await vi.waitFor(() => { expect(page()).not.toBeNull(); });
  tree().focus();
  expect(selection.path).toBe(A);
  library.toggleSelected(row(B));
  expect([selection.path, navigation.place.path]).toEqual([B, A]);
  (page() as HTMLElement).focus();
  expect(selection.path).toBe(A);
});

it("has acts for all chosen records in the menu of one of them", async () => {
  render(Library);
  tree().focus();
  library.toggleSelected(row(A));
  library.toggleSelected(row(B));
  await tick();
  actions.run("decision.menu");
  expect([frame.menuAt !== null, frame.menuOfSelected]).toEqual([true, true]);
  frame.closeMenu();
  library.clearSelected();
  await tick();
  actions.run("decision.menu");
  expect([frame.menuAt !== null, frame.menuOfSelected]).toEqual([true, false]);
  frame.closeMenu();
});

it("can be stood in while it is empty", async () => {
  render(Library);
  tree().focus();
  library.filter({ text: "nothing of that kind" });
  await vi.waitFor(() => { expect(document.getElementById("list")).toHaveFocus(); });
  expect([...situationOf(document.activeElement, true).contexts]).toEqual(["list"]);
});

it("goes to a heading in the reader beside, and stays in it", async () => {
  await navigation.go({ screen: "library", path: A });
  await beside.open(A);
  render(Library);
  await beside.open(B, { anchor: "r-end" });
  await vi.waitFor(() => { expect(document.activeElement?.id).toBe("r-end"); });
  expect(document.activeElement?.closest("[data-second]")).not.toBeNull();
  expect(navigation.place.path).toBe(A);
});
