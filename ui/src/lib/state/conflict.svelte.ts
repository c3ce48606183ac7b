// One file in conflict: what settled itself, and what a person says to the rest. Answers stay while the file's versions do.
import type { ConflictAnswer, ConflictPart, ConflictView, SettleHow } from "../ipc/bindings";
import { call as hostCall, type HostError, toHostError } from "../ipc/client";
import type { Call } from "./editor.svelte";
import { type Git, git as hostGit } from "./git.svelte";

export class Conflict {
  view = $state.raw<ConflictView | null>(null);
  error = $state.raw<HostError | null>(null);
  busy = $state(false);
  answers = $state.raw<Readonly<Record<number, ConflictAnswer>>>({});

  #call: Call;
  #git: Git;
  #asked = 0;

  readonly parts = $derived(this.view?.parts ?? []);
  readonly left = $derived(this.parts.filter((_, at) => this.answers[at] === undefined).length);
  /** Text is merged place by place; other files are taken as a whole. */
  readonly merges = $derived(this.view !== null && ["both-changed", "both-added"].includes(this.view.kind));

  constructor(call: Call = hostCall, git: Git = hostGit) {
    this.#call = call;
    this.#git = git;
  }

  async load(path: string): Promise<void> {
    const ticket = ++this.#asked;
    try {
      const view = await this.#call("conflict", { path });
      if (ticket !== this.#asked) return;
      // Only the file on disk may have changed: what was answered still fits what was asked.
      const same = this.view?.path === view.path && JSON.stringify(this.view.parts) === JSON.stringify(view.parts);
      if (!same) this.answers = {};
      [this.view, this.error] = [view, null];
    } catch (thrown) {
      if (ticket === this.#asked) [this.view, this.error] = [null, toHostError(thrown)];
    }
  }

  answer(at: number, answer: ConflictAnswer): void {
    this.answers = { ...this.answers, [at]: answer };
  }

  /** What a part says now; null while nobody has said. */
  said(at: number): string | null {
    const part = this.parts[at];
    const answer = this.answers[at];
    return part === undefined || answer === undefined ? null : textOf(part, answer);
  }

  /** Writes and stages it. True when that was done. */
  async settle(how: SettleHow): Promise<boolean> {
    const view = this.view;
    if (view === null || this.busy) return false;
    this.busy = true;
    const answers = how === "answers" ? this.parts.flatMap((_, at) => this.answers[at] ?? []) : [];
    try {
      this.#git.accept(await this.#call("settle_conflict", { request: { path: view.path, how, answers, digest: view.digest } }));
      [this.answers, this.error] = [{}, null];
      return true;
    } catch (thrown) {
      const error = toHostError(thrown);
      if (error.code === "conflict") await this.load(view.path);
      this.error = error;
      return false;
    } finally {
      this.busy = false;
    }
  }
}

function textOf(part: ConflictPart, answer: ConflictAnswer): string {
  switch (answer.side) {
    case "mine":
      return part.mine;
    case "theirs":
      return part.theirs;
    case "both":
      return `${part.mine}\n${part.theirs}`;
    default:
      return answer.text ?? "";
  }
}
