// The page that lists a log's decisions, read anew when records change while it is looked at.
import type { IndexView } from "../ipc/bindings";
import { call as hostCall, type HostError, toHostError } from "../ipc/client";
import type { Call } from "./editor.svelte";

export class IndexPage {
  #view = $state.raw<IndexView | null>(null);
  #failure = $state.raw<HostError | null>(null);
  readonly #call: Call;

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  get view(): IndexView | null {
    return this.#view;
  }
  get failure(): HostError | null {
    return this.#failure;
  }

  async read(): Promise<void> {
    try {
      this.#view = await this.#call("index_page", { request: { log: null } });
      this.#failure = null;
    } catch (thrown) {
      this.#failure = toHostError(thrown);
    }
  }
}
