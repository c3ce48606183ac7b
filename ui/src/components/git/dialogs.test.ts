// The dialogs of branches and stashes: what is taken away can be had back from where it is said, and once only goes.
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { GitPlace } from "../../lib/ipc/bindings";
import { branching } from "../../lib/state/branching.svelte";
import { toasts } from "../../lib/state/toasts.svelte";
import { forgetHost, host } from "../../test/host";
import ToastLayer from "../shared/ToastLayer.svelte";
import Branches from "./Branches.svelte";
import Stashes from "./Stashes.svelte";

const COMMIT = { commit: "abc", subject: "Begin", author: "RM", date: "2026-11-20" } as GitPlace["branches"][number]["commit"];
const branch = (name: string, more: Partial<GitPlace["branches"][number]> = {}): GitPlace["branches"][number] => ({ name, remote: null, current: false, default: false, upstream: null, upstream_gone: false, ahead: 0, behind: 0, elsewhere: null, when: 0n, commit: COMMIT, ...more });
const stash = (commit: string): GitPlace["stashes"][number] => ({ commit, message: `Put aside ${commit}`, date: "2026-11-20", records: [], files: 1 });

let place: GitPlace;
let calls: { name: string; args: unknown }[];

beforeEach(async () => {
  place = {
    branch: "main", head: "4f2c19e", default_branch: "main", shallow: false, operation: null, remotes: [], remote: null, upstream: null, upstream_gone: false, ahead: 0, behind: 0, last_fetched: null, pull_rebases: null, worktrees: [],
    branches: [branch("main", { current: true, default: true }), branch("one", { ahead: 2, behind: 1 }), branch("two")],
    stashes: [stash("s1"), stash("s2"), stash("s3")],
  };
  calls = host({
    git_place: () => place,
    git_status: () => { throw { code: "git", message: "", hint: null, path: null, line: null, details: null }; },
    delete_branch: ({ name }) => {
      place = { ...place, branches: place.branches.filter((item) => item.name !== name) };
      return { name, commit: "abc", upstream: null, only_here: 0 };
    },
    restore_branch: () => null,
    drop_stash: ({ commit }) => {
      place = { ...place, stashes: place.stashes.filter((item) => item.commit !== commit) };
      return null;
    },
    restore_stash: () => null,
    plan_switch: () => ({ branch: "one", carried: [], in_the_way: [], records: 0 }),
    switch_branch: () => null,
  });
  // jsdom knows no modal dialogs.
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) { this.open = true; };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) { this.open = false; };
  Element.prototype.scrollIntoView = () => undefined;
  await branching.refresh();
});
afterEach(() => {
  toasts.dismiss();
  branching.forget();
  forgetHost();
});

const asked = (name: string): unknown[] => calls.filter((one) => one.name === name).map((one) => one.args);

test("the way back of a deleted branch stands in its dialog, over what is open", async () => {
  render(ToastLayer);
  render(Branches);
  const dialog = await screen.findByRole("dialog");
  await fireEvent.keyDown(within(dialog).getByRole("combobox"), { key: "ArrowDown" });
  await fireEvent.click(within(dialog).getByRole("button", { name: "Delete one" }));
  const undo = await within(dialog).findByRole("button", { name: /Undo/ });
  expect(screen.getAllByRole("button", { name: /Undo/ })).toHaveLength(1);
  await fireEvent.click(undo);
  await vi.waitFor(() => expect(asked("restore_branch")).toEqual([{ deleted: { name: "one", commit: "abc", upstream: null, only_here: 0 } }]));
});

test("after a branch is deleted none is chosen, so that nothing deletes the next", async () => {
  render(Branches);
  const field = screen.getByRole("combobox");
  await fireEvent.keyDown(field, { key: "ArrowDown" });
  const bin = screen.getByRole("button", { name: "Delete one" });
  await fireEvent.click(bin, { detail: 1 });
  await fireEvent.click(bin, { detail: 2 });
  await vi.waitFor(() => expect(screen.queryByText("one")).toBeNull());
  expect(screen.queryByRole("button", { name: /^Delete / })).toBeNull();
  expect(asked("delete_branch")).toEqual([{ name: "one" }]);
  expect(document.activeElement).toBe(field);
  await fireEvent.keyDown(field, { key: "Enter" });
  expect(asked("switch_branch")).toEqual([]);
});

test("a click chooses a branch, and the button or a double click goes there", async () => {
  render(Branches);
  await fireEvent.click(screen.getByRole("option", { name: /^two/ }));
  expect(asked("plan_switch")).toEqual([]);
  expect(screen.getByRole("button", { name: "Delete two" })).toBeInTheDocument();
  await fireEvent.click(screen.getByRole("button", { name: /^Switch to two/ }));
  await vi.waitFor(() => expect(asked("switch_branch")).toEqual([{ request: { branch: "two", stash: false, trust: false } }]));
});

test("how far a branch is stands there in words", () => {
  render(Branches);
  expect(screen.getByRole("option", { name: /one.*2 ahead, 1 behind/ })).toBeInTheDocument();
});

test("a double click drops one stash, and the focus stays among them", async () => {
  render(Stashes);
  const rows = () => screen.getAllByTestId("stash");
  const [first] = within(rows()[1] as HTMLElement).getAllByRole("button", { name: "Drop" });
  await fireEvent.click(first as HTMLElement, { detail: 1 });
  await vi.waitFor(() => expect(rows()).toHaveLength(2));
  const [second] = within(rows()[1] as HTMLElement).getAllByRole("button", { name: "Drop" });
  await fireEvent.click(second as HTMLElement, { detail: 2 });
  expect(asked("drop_stash")).toEqual([{ commit: "s2", trust: false }]);
  await vi.waitFor(() => expect(document.activeElement).toBe(within(rows()[1] as HTMLElement).getByRole("button", { name: "Bring back" })));
  expect(screen.getByRole("button", { name: /Undo/ })).toBeInTheDocument();
});
