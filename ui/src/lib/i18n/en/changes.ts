import { counted } from "../plural";

// The Changes screen: files, difference, message, commit, and everything that can stop one.
export const changes = {
  name: "Changes",
  files: "Changed files",
  staged: "Staged",
  notStaged: "Not staged",
  others: "Other files",
  conflicts: "Conflicts",
  stageAll: "Stage all",
  unstageAll: "Unstage all",
  refresh: "Look again",
  added: (count: number) => `+${String(count)}`,
  removed: (count: number) => `−${String(count)}`,
  kinds: { added: "New file", modified: "Changed", deleted: "Deleted", renamed: "Renamed", conflicted: "Has a conflict", typechange: "Kind of file changed" } as Record<string, string>,
  lines: (added: number, removed: number) => `${counted(added, "line")} added, ${counted(removed, "line")} removed`,

  difference: "Difference",
  view: "Difference view",
  views: { rendered: "Rendered", words: "Words", lines: "Lines", both: "Rendered and words" },
  fieldChanges: "Field changes",
  fieldNames: { Accepted: "Accepted on", Proposed: "Proposed on", "Decision makers": "Decided by" } as Record<string, string>,
  notSet: "not set",
  afterProposed: (days: number) => (days === 0 ? "on the day it was proposed" : `${counted(days, "day")} after it was proposed`),
  changeOf: (at: number, all: number) => `Change ${String(at)} of ${String(all)}`,
  hunk: (from: number, to: number, section: string) => {
    const lines = from === to ? `Line ${String(from)}` : `Lines ${String(from)} to ${String(to)}`;
    return section ? `${lines}, ${section}` : lines;
  },
  hunkName: (at: number, all: number, section: string) => (section ? `Change ${String(at)} of ${String(all)}, ${section}` : `Change ${String(at)} of ${String(all)}`),
  addedLine: "added:",
  removedLine: "removed:",
  changedLine: "changed:",
  moreLines: (count: number) => `Show ${counted(count, "more line", "more lines")}`,
  notices: { binary: "This is not a text file.", "too large": "This file is too large to compare here." } as Record<string, string>,
  noDifference: "Only the kind of the file changed, not its text.",
  nothingSelected: "Choose a file to see what changed.",

  message: "Commit message",
  messageHelp: "First line: what was decided. Then an empty line and why, if you like.",
  suggestions: "Suggestions",
  useSuggestion: "Use suggestion",
  counter: (length: number) => `${String(length)} of 72 characters`,
  long: "Longer than 72 characters: some tools will cut it.",
  missing: "Say what was decided. A suggestion is ready.",
  missingPlain: "Say what was decided.",
  asOn: (author: string) => `as ${author} on`,
  commit: (count: number, records: boolean) => `Commit ${records ? counted(count, "record") : counted(count, "file")}`,
  stageAndCommit: (count: number) => `Stage ${counted(count, "record")} and commit`,
  commitPlain: "Commit",
  committing: "Committing",
  committed: (count: number, branch: string | null, records: boolean) => {
    const what = records ? counted(count, "record") : counted(count, "file");
    return branch ? `Committed ${what} to ${branch}` : `Committed ${what}`;
  },

  nothing: "Nothing to commit",
  lastCommit: (when: string, subject: string) => `Last commit ${when}: ${subject}`,
  noCommits: "This repository has no commits yet.",
  nothingStaged: "Nothing is staged. Press Space on a file to stage it.",

  noGit: { title: (name: string) => `${name} isn’t a git repository`, text: "Its records can be read, searched and edited, but there is no history and no commit." },
  failed: "git could not tell what changed.",
  actionFailed: "That did not work.",
  detached: {
    lead: (head: string) => `You’re on commit ${head},`,
    text: "not on a branch. A commit made here belongs to no branch and is easy to lose, so committing waits until you choose one.",
    unavailable: "choose a branch first",
  },
  conflict: {
    lead: (count: number) => `${counted(count, "file has a conflict", "files have conflicts")}.`,
    text: (names: string) => `Settle ${names} in an editor, then stage the result.`,
    unavailable: "settle the conflicts first",
  },
  operation: (name: string) => `A ${name} is under way.`,
  operationText: "Finish or abort it with git; nothing here is lost.",
  hook: {
    lead: "A hook stopped this commit.",
    text: "Nothing was committed. Your message is kept.",
    output: "What the hook said",
    retry: "Try again",
    without: "Commit without hooks",
    confirmTitle: "Commit without running hooks?",
    confirmText: "The checks that stopped this commit are skipped. Others who rely on them may be surprised.",
  },
  identity: {
    lead: "git doesn’t know who you are.",
    text: "Set your name and address once, then commit again. Your message is kept.",
    commands: ['git config --global user.name "Your Name"', 'git config --global user.email "you@example.org"'],
    copy: "Copy both commands",
  },
  trust: {
    title: "Let this repository run its own programs?",
    text: "Committing here would start programs that this repository’s settings name. Reading and editing never do.",
    reasons: "What would run",
    agree: "Trust and commit",
    once: "Precedent remembers this for the repository.",
  },
  other: "The commit was not made.",
  gitSaid: "What git said",

  commands: {
    toggle: "Stage or unstage the file",
    stageAll: "Stage all",
    unstageAll: "Unstage all",
    nextChange: "Next change",
    previousChange: "Previous change",
    message: "Write the message",
    commit: "Commit",
    refresh: "Look for changes again",
  },
  noFile: "no file chosen",
};
