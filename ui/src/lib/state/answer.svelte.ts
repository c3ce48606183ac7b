// One question to the back end whose answer a dialog shows once: who wrote a record, how two branches differ, what git would be told.
import type { BlameSpan, BranchComparison, CommandsRequest, GitCommand } from "../ipc/bindings";
import { call as hostCall, type HostError, toHostError } from "../ipc/client";
import type { Call } from "./editor.svelte";

export class Answer<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<HostError | null>(null);

  constructor(asked: Promise<T>) {
    asked.then((value) => (this.value = value)).catch((thrown: unknown) => (this.error = toHostError(thrown)));
  }

  get pending(): boolean {
    return this.value === null && this.error === null;
  }
}

export const blameOf = (path: string, call: Call = hostCall): Answer<BlameSpan[]> => new Answer(call("blame", { path }));

export const comparisonOf = (branch: string, base: string, call: Call = hostCall): Answer<BranchComparison> => new Answer(call("compare_branch", { branch, base }));

export const commandsOf = (request: CommandsRequest, call: Call = hostCall): Answer<GitCommand[]> => new Answer(call("git_commands", { request }));
