// What can be done with branches and remotes, wherever one is. On the Changes screen some of them have single letters.
import ArrowDown from "@lucide/svelte/icons/arrow-down";
import ArrowUp from "@lucide/svelte/icons/arrow-up";
import Archive from "@lucide/svelte/icons/archive";
import GitBranch from "@lucide/svelte/icons/git-branch";
import GitBranchPlus from "@lucide/svelte/icons/git-branch-plus";
import GitCompare from "@lucide/svelte/icons/git-compare";
import GitPullRequest from "@lucide/svelte/icons/git-pull-request";
import History from "@lucide/svelte/icons/history";
import RefreshCw from "@lucide/svelte/icons/refresh-cw";
import Users from "@lucide/svelte/icons/users";

import { copyText } from "../clipboard";
import { t } from "../i18n/messages";
import { labelOf } from "../model/decisions";
import { app } from "../state/app.svelte";
import { branching } from "../state/branching.svelte";
import { git } from "../state/git.svelte";
import { navigation } from "../state/navigation.svelte";
import { selection } from "../state/selection.svelte";
import { stashing } from "../state/stashing.svelte";
import { syncing } from "../state/syncing.svelte";
import { toasts } from "../state/toasts.svelte";
import { workspace } from "../state/workspace.svelte";
import type { Action } from "./actions.svelte";

const words = t.branches;
const place = () => branching.place;

function without(): string | null {
  if (workspace.phase !== "open") return t.actions.noRepository;
  if (!workspace.info?.git) return t.actions.noGit;
  return branching.running !== null ? words.busy : null;
}
const committed = () => without() ?? (place()?.head === null ? words.noCommit : null);
const onBranch = () => committed() ?? (place()?.branch === null ? words.noBranch : null);
const mayStash = () => committed() ?? (git.changedFiles === 0 ? t.changes.nothingToCommit : null);
const withRemote = () => without() ?? (place()?.remotes.length === 0 ? words.noRemote : null);
const mayPull = () => withRemote() ?? (place()?.upstream == null ? words.noUpstream : null);
const mayPush = () => withRemote() ?? onBranch() ?? (place()?.upstream != null && place()?.ahead === 0 && !place()?.upstream_gone ? words.nothingToPush : null);
const mayCompare = () => onBranch() ?? (place()?.branch === place()?.default_branch || place()?.default_branch == null ? words.onDefault : null);
const request = () => syncing.pushed?.url ?? null;
const mayRequest = () => mayCompare() ?? (request() === null ? (place()?.remotes.some((remote) => remote.forge !== null) ? words.notPublished : words.noForge) : null);

function compare(): void {
  const { branch, default_branch: base } = place() ?? {};
  if (branch != null && base != null) navigation.openDialog({ name: "compare-branch", branch, base });
}

function rename(): void {
  const branch = place()?.branch;
  if (branch != null) navigation.openDialog({ name: "rename-branch", branch });
}

async function copyRequest(): Promise<void> {
  const url = request();
  if (url !== null && (await copyText(url))) toasts.show(words.done.copied);
}

function openRequest(): void {
  const url = request();
  if (url !== null) void app.openExternal(url);
}

export function branchActions(): Action[] {
  const action = (id: string, title: () => string, run: () => unknown, unavailable: () => string | null, more: Partial<Action> = {}): Action => ({ id: `git.${id}`, group: "git", title, run, unavailable, ...more });
  const dialog = (name: "branches" | "add-remote" | "stashes" | "worktrees" | "repository-log" | "new-branch") => () => { navigation.openDialog({ name }); };
  return [
    action("branches", () => words.commands.switcher, dialog("branches"), without, { icon: GitBranch, keys: ["mod+shift+b"] }),
    action("branch-menu", () => words.switcher, () => { branching.menuOpen = true; }, without, { keys: ["b"], contexts: ["changes"], hidden: true }),
    action("new-branch", () => words.commands.create, dialog("new-branch"), committed, { icon: GitBranchPlus }),
    action("rename-branch", () => words.commands.rename, rename, onBranch),
    action("compare", () => words.commands.compare, compare, mayCompare, { icon: GitCompare }),
    action("fetch", () => words.commands.fetch, () => syncing.sync("fetch"), withRemote, { icon: RefreshCw, keys: ["f"], contexts: ["changes"] }),
    action("unshallow", () => words.shallow.fetch, () => syncing.sync("unshallow"), () => withRemote() ?? (place()?.shallow === true ? null : words.shallow.complete)),
    action("pull", () => words.pull, () => syncing.pull(), mayPull, { icon: ArrowDown, hidden: true }),
    action("pull-rebase", () => words.commands.pullRebase, () => syncing.sync("pull-rebase"), mayPull, { icon: ArrowDown }),
    action("pull-merge", () => words.commands.pullMerge, () => syncing.sync("pull-merge"), mayPull, { icon: ArrowDown }),
    action("push", () => (place()?.upstream == null ? words.commands.publish : words.commands.push), () => syncing.sync("push"), mayPush, { icon: ArrowUp, keys: ["p"], contexts: ["changes"] }),
    action("pull-request", () => words.commands.pullRequest, openRequest, mayRequest, { icon: GitPullRequest }),
    action("copy-request", () => words.commands.copyRequest, copyRequest, mayRequest),
    action("add-remote", () => words.commands.remote, dialog("add-remote"), without),
    action("stash", () => words.commands.stash, () => stashing.save(words.stashes.message), mayStash, { icon: Archive }),
    action("stashes", () => words.commands.stashes, dialog("stashes"), () => without() ?? (place()?.stashes.length === 0 ? words.nothingAside : null), { icon: Archive }),
    action("worktrees", () => words.commands.worktrees, dialog("worktrees"), () => without() ?? ((place()?.worktrees.length ?? 0) < 2 ? words.onlyOne : null)),
    action("abort", () => (place()?.operation ? words.commands.abort(words.operation.kinds[place()?.operation?.kind ?? ""] ?? "") : words.commands.abortPlain), () => syncing.step("abort"), () => without() ?? (place()?.operation == null ? words.nothingUnderWay : null)),
    action("merge-driver", () => words.driver.command, () => { navigation.openDialog({ name: "merge-driver", remove: false }); }, () => without() ?? (workspace.logs.length > 0 ? null : t.output.nothingToExport)),
    action("log", () => words.commands.log, dialog("repository-log"), without, { icon: History }),
    { id: "decision.blame", group: "decision", icon: Users, title: () => t.reader.blame.open(selection.current ? t.common.adr(labelOf(selection.current)) : t.actions.thisRecord), unavailable: () => without() ?? (selection.path === null ? t.actions.noRecord : null), run: () => { if (selection.path !== null) navigation.openDialog({ name: "blame", path: selection.path }); } },
    { id: "repo.clone", group: "app", title: () => words.commands.clone, keys: ["mod+shift+o"], run: () => { navigation.openDialog({ name: "clone" }); } },
  ];
}

/** On the Changes screen their letters work wherever the focus is: with nothing to commit there is no list to hold it. */
export function branchKeys(): Action[] {
  const here = new Set(["git.push", "git.fetch", "git.branch-menu"]);
  return branchActions().filter(({ id }) => here.has(id)).map((action) => ({ ...action, contexts: ["anywhere"] }));
}
