// Whether git merges the records of the open repository by field.
import type { MergeDriver } from "../ipc/bindings";
import { call as hostCall } from "../ipc/client";
import type { Call } from "./editor.svelte";

export class Driver {
  state = $state.raw<MergeDriver | null>(null);
  #call: Call;

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  async load(): Promise<void> {
    try {
      this.state = await this.#call("merge_driver");
    } catch {
      // Where git cannot be read there is nothing to say; Changes tells why.
      this.state = null;
    }
  }
}
