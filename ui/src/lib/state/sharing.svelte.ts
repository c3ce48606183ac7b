// The address of the current record on its forge, asked for a moment after the record was chosen, so that its actions know
// whether they can run and, if not, why.
import type { Permalink } from "../ipc/bindings";
import { call as hostCall, HostError } from "../ipc/client";
import type { Call } from "./editor.svelte";

/** Moving through a list asks for none of the addresses on the way. */
const AFTER_MS = 200;

export class Sharing {
  #path = $state<string | null>(null);
  #link = $state.raw<Permalink | null>(null);
  #reason = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #call: Call;

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  /** The address of the record, once it is known and there is one. */
  linkOf(path: string | null): Permalink | null {
    return path !== null && path === this.#path ? this.#link : null;
  }

  /** Why the record has no address, in the back end's words; null while that is not known. */
  reasonOf(path: string | null): string | null {
    return path !== null && path === this.#path ? this.#reason : null;
  }

  /** Looks the address of a record up. */
  want(path: string | null, after = AFTER_MS): void {
    clearTimeout(this.#timer);
    if (path !== this.#path) {
      this.#link = null;
      this.#reason = null;
    }
    this.#path = path;
    if (path !== null) this.#timer = setTimeout(() => void this.#ask(path), after);
  }

  /** The address of a place in a record. */
  at(path: string, anchor: string | null): Promise<Permalink> {
    return this.#call("permalink", { request: { path, anchor, line: null, end_line: null } });
  }

  async #ask(path: string): Promise<void> {
    try {
      const link = await this.at(path, null);
      if (path !== this.#path) return;
      this.#link = link;
      this.#reason = null;
    } catch (thrown) {
      if (path !== this.#path) return;
      this.#link = null;
      this.#reason = thrown instanceof HostError ? thrown.message : String(thrown);
    }
  }
}

export const sharing = new Sharing();
