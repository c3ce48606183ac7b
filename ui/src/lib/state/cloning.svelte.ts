// A clone being asked for or made: what is typed stays when the dialog is closed and opened again.
import type { GitProgress } from "../ipc/bindings";
import { call, on, toHostError } from "../ipc/client";
import { t } from "../i18n/messages";
import { sentence } from "../i18n/plural";
import { navigation } from "./navigation.svelte";
import { session } from "./session.svelte";

interface Failure {
  readonly tone: "warn" | "error" | "info";
  readonly lead: string;
  readonly text: string;
  readonly said: string;
}

class Cloning {
  address = $state("");
  folder = $state("");
  busy = $state(false);
  progress = $state.raw<GitProgress | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** The folder was chosen by hand: another address does not change it. */
  #chosen = false;
  /** Where clones go that were chosen by hand. */
  #parent: string | null = null;
  #asked = 0;

  async addressed(address: string): Promise<void> {
    this.address = address;
    this.failure = null;
    if (this.#chosen && this.#parent === null) return;
    const ticket = ++this.#asked;
    const folder = await call("clone_folder", { address }).catch(() => "");
    if (ticket !== this.#asked) return;
    const name = folder.split(/[\\/]/).at(-1) ?? "";
    this.folder = this.#parent === null || name === "" ? folder : `${this.#parent}/${name}`;
  }

  into(folder: string): void {
    [this.folder, this.#chosen, this.#parent] = [folder, true, null];
  }

  async choose(): Promise<void> {
    const parent = await call("pick_folder", { title: t.branches.clone.chooseTitle });
    if (parent === null) return;
    [this.#parent, this.#chosen] = [parent.replace(/[\\/]+$/, ""), true];
    await this.addressed(this.address);
  }

  cancel(): void {
    if (this.busy) void call("cancel_git");
  }

  async run(): Promise<void> {
    if (this.busy || this.address.trim() === "" || this.folder.trim() === "") return;
    [this.busy, this.failure, this.progress] = [true, null, null];
    const stop = await on("git-progress", (progress) => (this.progress = progress));
    try {
      const reply = await call("clone_repository", { request: { address: this.address.trim(), folder: this.folder.trim() } });
      if (reply.outcome === "done") {
        [this.address, this.folder, this.#chosen] = ["", "", false];
        navigation.closeDialog();
        await session.open(reply.folder);
      } else this.failure = failureOf(reply.outcome, reply.said, this.address);
    } catch (thrown) {
      const error = toHostError(thrown);
      this.failure = { tone: "error", lead: t.branches.clone.failed, text: `${sentence(error.message)} ${sentence(error.hint)}`, said: error.details ?? "" };
    } finally {
      stop();
      this.busy = false;
    }
  }
}

function failureOf(outcome: string, said: string, address: string): Failure {
  const words = t.branches;
  const host = /^(?:\w+:\/\/)?(?:[^@/]*@)?([^/:]+)/.exec(address)?.[1] ?? address;
  switch (outcome) {
    case "cancelled":
      return { tone: "info", lead: words.clone.stopped, text: "", said: "" };
    case "sign-in":
      return { tone: "warn", lead: words.signIn.lead(host), text: `${words.signIn.sub} ${words.signIn.text}`, said };
    case "offline":
      return { tone: "warn", lead: words.offline.lead(host), text: "", said };
    default:
      return { tone: "error", lead: words.clone.failed, text: "", said };
  }
}

export const cloning = new Cloning();
