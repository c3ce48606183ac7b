// Who commits, asked for once where git does not know.
import { call as hostCall, toHostError, type HostError } from "../ipc/client";
import type { Call } from "./editor.svelte";
import { type Git, git as hostGit } from "./git.svelte";

export class Author {
  #call: Call;
  #git: Git;
  name = $state("");
  email = $state("");
  everywhere = $state(true);
  busy = $state(false);
  error = $state.raw<HostError | null>(null);

  constructor(call: Call = hostCall, git: Git = hostGit) {
    [this.#call, this.#git] = [call, git];
  }

  async set(): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      this.#git.accept(await this.#call("set_author", { name: this.name, email: this.email, everywhere: this.everywhere }));
      this.error = null;
      return true;
    } catch (thrown) {
      this.error = toHostError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

/** Who else committed here; read when the menu opens. */
export class People {
  #call: Call;
  names = $state.raw<readonly string[]>([]);

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  async load(): Promise<void> {
    try {
      this.names = await this.#call("people");
    } catch (thrown) {
      // Without the list no co-author is offered; a trailer can be written by hand.
      toHostError(thrown);
    }
  }
}
