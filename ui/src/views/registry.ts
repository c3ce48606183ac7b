// Screens and dialogs that load when they are first needed, so that the first paint carries only Library and Search.
import type { Component } from "svelte";

type Loader = () => Promise<{ default: Component }>;

const VIEWS = {
  editor: () => import("./Editor.svelte"),
  changes: () => import("./Changes.svelte"),
  lineage: () => import("./Lineage.svelte"),
  governance: () => import("./Governance.svelte"),
} satisfies Record<string, Loader>;

const DIALOGS = {
  new: () => import("../components/dialogs/New.svelte"),
  supersede: () => import("../components/dialogs/Supersede.svelte"),
  status: () => import("../components/dialogs/Status.svelte"),
  rename: () => import("../components/dialogs/Rename.svelte"),
  move: () => import("../components/dialogs/Move.svelte"),
  delete: () => import("../components/dialogs/Delete.svelte"),
  renumber: () => import("../components/dialogs/Renumber.svelte"),
  link: () => import("../components/dialogs/Link.svelte"),
  amend: () => import("../components/dialogs/Amend.svelte"),
  convert: () => import("../components/dialogs/Confirm.svelte"),
  unlink: () => import("../components/dialogs/Confirm.svelte"),
  fix: () => import("../components/dialogs/Confirm.svelte"),
  undo: () => import("../components/dialogs/Confirm.svelte"),
  export: () => import("../components/dialogs/Export.svelte"),
  "index-page": () => import("../components/dialogs/IndexPage.svelte"),
  about: () => import("../components/dialogs/About.svelte"),
  index: () => import("../components/dialogs/Confirm.svelte"),
  "merge-driver": () => import("../components/dialogs/Confirm.svelte"),
  logs: () => import("../components/dialogs/Confirm.svelte"),
  template: () => import("../components/dialogs/Confirm.svelte"),
  "git-commands": () => import("../components/dialogs/GitCommands.svelte"),
  compare: () => import("../components/dialogs/Compare.svelte"),
  trash: () => import("../components/dialogs/Trash.svelte"),
  "undo-list": () => import("../components/dialogs/UndoList.svelte"),
  settings: () => import("../components/settings/Settings.svelte"),
  help: () => import("../components/help/Help.svelte"),
  "keep-view": () => import("../components/dialogs/KeepView.svelte"),
  bulk: () => import("../components/dialogs/Bulk.svelte"),
  mentions: () => import("../components/dialogs/Confirm.svelte"),
  "commit-diff": () => import("../components/dialogs/CommitDiff.svelte"),
  restore: () => import("../components/dialogs/Confirm.svelte"),
  blame: () => import("../components/git/Blame.svelte"),
  "new-branch": () => import("../components/git/NewBranch.svelte"),
  "rename-branch": () => import("../components/git/RenameBranch.svelte"),
  "compare-branch": () => import("../components/git/CompareBranch.svelte"),
  branches: () => import("../components/git/Branches.svelte"),
  "add-remote": () => import("../components/git/AddRemote.svelte"),
  clone: () => import("../components/git/Clone.svelte"),
  stashes: () => import("../components/git/Stashes.svelte"),
  worktrees: () => import("../components/git/Worktrees.svelte"),
  "repository-log": () => import("../components/git/RepositoryLog.svelte"),
  "push-over": () => import("../components/git/PushOver.svelte"),
  "as-of": () => import("../components/dialogs/AsOf.svelte"),
} satisfies Record<string, Loader>;

export const loadView = (name: keyof typeof VIEWS): Loader => VIEWS[name];
export const loadDialog = (name: keyof typeof DIALOGS): Loader => DIALOGS[name];
