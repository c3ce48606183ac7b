// What the screen's buttons do, as commands for a terminal. Words in single quotes are safe in every shell of Unix and in git's own on Windows.
import type { ChangedFile } from "../../lib/ipc/bindings";
import type { en } from "../../lib/i18n/en";

export interface GitCommand {
  what: string;
  command: string;
}

/** A word as a shell takes it, letter by letter. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) && !word.startsWith("-") ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

interface Situation {
  file: ChangedFile | null;
  message: string;
  amending: boolean;
  withoutHooks?: boolean;
}

export function gitCommands({ file, message, amending }: Situation, words: (typeof en)["committing"]["commands"]): GitCommand[] {
  const list: GitCommand[] = [{ what: words.status, command: "git status" }];
  if (file) {
    const paths = [file.path, ...(file.old_path === null ? [] : [file.old_path])].map(quoted).join(" ");
    const isNew = file.change === "added" && !file.staged;
    list.push({ what: words.diff, command: isNew ? `git diff --no-index -- /dev/null ${paths}` : `git diff${file.staged ? " --cached" : ""} -- ${paths}` });
    list.push(file.staged ? { what: words.unstage, command: `git restore --staged -- ${paths}` } : { what: words.stage, command: `git add -- ${paths}` });
    if (!isNew) list.push({ what: words.parts, command: file.staged ? `git restore --staged --patch -- ${paths}` : `git add --patch -- ${paths}` });
    if (!file.staged && file.change !== "conflicted") list.push({ what: words.discard, command: isNew ? `git clean -f -- ${paths}` : `git restore -- ${paths}` });
  }
  const text = message.trim() === "" ? "" : ` -m ${quoted(message.trim())}`;
  list.push(amending ? { what: words.amend, command: `git commit --amend${text}` } : { what: words.commit, command: `git commit${text}` });
  list.push({ what: words.undo, command: "git reset --soft HEAD~1" });
  return list;
}
