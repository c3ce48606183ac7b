import { fireEvent, render, screen } from "@testing-library/svelte";
import axe from "axe-core";
import { expect, test, vi } from "vitest";

import type { ChangedFile, GitStatus } from "../../lib/ipc/bindings";
import { Changes, type CommitTrouble } from "../../lib/state/changes.svelte";
import type { Call } from "../../lib/state/editor.svelte";
import { Git } from "../../lib/state/git.svelte";
import ChangedFiles from "./ChangedFiles.svelte";
import CommitBox from "./CommitBox.svelte";
import CommitNotices from "./CommitNotices.svelte";
import DiffLines from "./DiffLines.svelte";
import { messageLines } from "./message";
import { markBlocks, sectionBlocks, speak } from "./sections";

function file(path: string, staged: boolean, more: Partial<ChangedFile> = {}): ChangedFile {
  return {
    path, staged, old_path: null, change: "modified", partly: false, is_record: true, label: "0126", title: path,
    status: "accepted", lead: "Proposed → Accepted.", sentence: "Decision reworded.", lines_added: 2, lines_removed: 1, ...more,
  };
}

async function repository(files: ChangedFile[]): Promise<Changes> {
  const status = (): GitStatus => ({
    branch: "main", default_branch: "main", head: "4f2c19e", detached: false, operation: null, upstream: null, ahead: 0, behind: 0, files,
    last_commit: null, author: "Rita M <rm@example.org>", trust: { trusted: true, reasons: [] },
  });
  const call = (async (name: string, args: { paths: string[]; path: string; staged: boolean }) => {
    if (name === "stage" || name === "unstage") files = files.map((f) => (args.paths.includes(f.path) ? { ...f, staged: name === "stage" } : f));
    if (name === "file_diff") return { path: args.path, staged: args.staged, fields: [], hunks: [], rendered: "", notice: null };
    return name === "commit_suggestions" ? ["Accept ADR-0126"] : status();
  }) as unknown as Call;
  const changes = new Changes(call, new Git(call));
  await changes.refresh();
  return changes;
}

async function violations(element: Element): Promise<string[]> {
  // Colours need a real engine; they are checked on the running window.
  const found = await axe.run(element, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  return found.violations.map((one) => one.id);
}

test("arrows move, Space stages the row and keeps the focus on it", async () => {
  const changes = await repository([file("a.md", false), file("b.md", false), file("x.rs", false, { is_record: false, label: null })]);
  const { container } = render(ChangedFiles, { changes });
  screen.getByRole("option", { name: /a\.md/ }).focus();
  await fireEvent.keyDown(screen.getByRole("option", { name: /a\.md/ }), { key: "ArrowDown" });
  await vi.waitFor(() => expect(document.activeElement).toHaveAttribute("data-path", "b.md"));
  await fireEvent.keyDown(screen.getByRole("option", { name: /b\.md/ }), { key: " " });
  await vi.waitFor(() => expect(changes.staged.map((f) => f.path)).toEqual(["b.md"]));
  expect(screen.getByRole("option", { name: /b\.md/ })).toHaveAttribute("aria-checked", "true");
  await vi.waitFor(() => expect(document.activeElement).toHaveAttribute("data-path", "b.md"));
  expect(screen.getByRole("option", { name: /^0126\s*b\.md\s*Proposed → Accepted\. Decision reworded\.\s*Staged\s*\S*b\.md\s*2 lines added, 1 line removed$/ })).toBeInTheDocument();
  expect(await violations(container)).toEqual([]);
});

test("the button says what it will do, and an empty message is asked for", async () => {
  const changes = await repository([file("a.md", false), file("b.md", false)]);
  const { container } = render(CommitBox, { changes, oncommit: () => void changes.commit() });
  expect(screen.getByRole("button", { name: /Stage 2 records and commit/ })).toBeInTheDocument();
  const field = screen.getByRole("textbox", { name: "Commit message" });
  expect(field).toHaveValue("Accept ADR-0126");
  await fireEvent.input(field, { target: { value: "" } });
  await fireEvent.click(screen.getByRole("button", { name: /Stage 2 records/ }));
  expect(field).toHaveAttribute("aria-invalid", "true");
  await fireEvent.click(screen.getByRole("button", { name: "Use suggestion" }));
  expect(field).toHaveValue("Accept ADR-0126");
  expect(await violations(container)).toEqual([]);
});

test("changed lines say so without colour, and long files are cut", async () => {
  const line = (kind: string, text: string, number: number) => ({ kind, old_line: kind === "add" ? null : number, new_line: kind === "del" ? null : number, open: false, runs: [{ text, changed: false }] });
  const hunks = [{ old_start: 1, new_start: 1, section: "Decision", lines: [line("del", "gone", 1), line("add", "came", 1), line("same", "stays", 2)] }];
  const { container } = render(DiffLines, { hunks, mode: "words", limit: 2 });
  expect(screen.getByRole("group", { name: "Change 1 of 1, Decision" })).toHaveTextContent(/removed:gone.*added:came/);
  expect(screen.queryByText("stays")).toBeNull();
  await fireEvent.click(screen.getByRole("button", { name: "Show 1 more line" }));
  expect(screen.getByText("stays")).toBeInTheDocument();
  expect(await violations(container)).toEqual([]);
});

test.each([
  ["Subject\n\nBody: not a trailer yet\nmore\n\nDecision: ADR-1\nConsent: @a\n", "subject body body body body trailer trailer body"],
  ["Decision: ADR-1", "subject"],
  ["Subject\nDecision: ADR-1", "subject body"],
])("message %j", (message, kinds) => expect(messageLines(message).map((line) => line.kind).join(" ")).toBe(kinds));

test("the field keeps the focus while a commit is made, and takes no words then", async () => {
  const changes = await repository([file("a.md", true)]);
  render(CommitBox, { changes, oncommit: () => undefined });
  const field = screen.getByRole("textbox", { name: "Commit message" });
  field.focus();
  changes.committing = true;
  await vi.waitFor(() => expect(field).toHaveAttribute("readonly"));
  expect(field).toBeEnabled();
  expect(document.activeElement).toBe(field);
});

test.each([
  ["commit-msg", "The commit-msg hook stopped this commit."],
  [null, "A hook stopped this commit."],
])("the hook %s is named", async (hook, said) => {
  const changes = await repository([file("a.md", true)]);
  changes.trouble = { kind: "hook", hook, output: "no owner" } as CommitTrouble;
  render(CommitNotices, { changes, onretry: () => undefined, onwithout: () => undefined, onidentity: () => undefined });
  expect(screen.getByText(said)).toBeInTheDocument();
  expect(screen.getByText("no owner")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Fix and retry" })).toBeInTheDocument();
});

test("a message that gave way stands under the field until it is taken or left out", async () => {
  const changes = await repository([file("a.md", true)]);
  render(CommitBox, { changes, oncommit: () => undefined });
  changes.write("My own words");
  changes.use("Accept ADR-0126");
  expect(await screen.findByText("You had written “My own words”.")).toBeInTheDocument();
  await fireEvent.click(screen.getByRole("button", { name: "Use it" }));
  expect(changes.message).toBe("My own words");
  await vi.waitFor(() => expect(screen.queryByText(/You had written/)).toBeNull());
  changes.use("Accept ADR-0126");
  await screen.findByText(/You had written/);
  await fireEvent.click(screen.getByRole("button", { name: "Leave it out" }));
  await vi.waitFor(() => expect(screen.queryByText(/You had written/)).toBeNull());
});

test("a hunk's section is found by its heading as it reads now, and put back", () => {
  const root = document.createElement("div");
  root.innerHTML = "<h2>Context</h2><p>same</p><h2><del>Old</del> Outcome</h2><p>one <ins>two</ins></p><p>after</p><h2>Next</h2>";
  const before = root.innerHTML;
  const unmark = markBlocks(sectionBlocks(root, "Outcome"), "Change 1 of 1");
  expect(root.querySelector(".change")?.textContent).toBe("Old Outcomeone two");
  unmark();
  expect(root.innerHTML).toBe(before);
  expect(sectionBlocks(root, "fields")).toEqual([]);
});

test("folds and moved blocks speak the window's language", () => {
  const root = document.createElement("div");
  root.innerHTML = '<details class="unchanged"><summary>10 unchanged paragraphs</summary></details><p><span class="moved">moved from Options</span></p><p><span class="moved">moved from the start</span></p>';
  speak(root, { unchanged: (count) => `${String(count)} gleich`, movedFrom: (section) => `aus ${section ?? "dem Anfang"}` });
  expect(root.textContent).toBe("10 gleichaus Optionsaus dem Anfang");
});
