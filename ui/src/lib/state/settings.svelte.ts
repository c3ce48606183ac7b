// The user's settings as the file has them: there before the first paint, written one key at a time. Whoever holds a value
// checks its shape; keys of other versions are left alone.
import type { Settings } from "../ipc/bindings";
import { call, settingsAtStart, toHostError } from "../ipc/client";

class SettingsFile {
  #values = $state.raw<Readonly<Record<string, unknown>>>({});
  #file = $state("");
  #damaged = $state<string | null>(null);
  #trouble = $state<string | null>(null);
  /** Changes that the host has not answered yet; they win over what it says meanwhile. */
  #wanted = new Map<string, unknown>();
  /** Changes that the file could not take: they hold until the window closes. */
  #unkept = new Map<string, unknown>();
  #writing = false;

  constructor() {
    const start = settingsAtStart();
    if (start) this.#take(start);
  }

  get values(): Readonly<Record<string, unknown>> {
    return this.#values;
  }
  get file(): string {
    return this.#file;
  }
  /** Where a file was put that could not be understood; the defaults hold. */
  get damaged(): string | null {
    return this.#damaged;
  }
  /** Why settings are not read or not kept. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Holds at once; the file follows. `undefined` puts the default back. */
  set(key: string, value: unknown): void {
    this.#wanted.set(key, value);
    this.#values = this.#over(this.#values);
    void this.#write();
  }

  /** Another window may have changed something. */
  async refresh(): Promise<void> {
    this.#take(await call("settings"));
  }

  /** One after the other; of a value that changes quickly (a pane's width) only the last. */
  async #write(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    for (let next = this.#wanted.entries().next(); !next.done; next = this.#wanted.entries().next()) {
      const [key, value] = next.value;
      try {
        const settings = await call("set_setting", { key, value: value ?? null });
        if (this.#wanted.get(key) === value) this.#wanted.delete(key);
        this.#unkept.delete(key);
        this.#trouble = null;
        this.#take(settings);
      } catch (thrown) {
        // It holds for this session; Settings says why it will not outlive it.
        if (this.#wanted.get(key) === value) this.#wanted.delete(key);
        this.#unkept.set(key, value);
        this.#trouble = toHostError(thrown).message;
      }
    }
    this.#writing = false;
  }

  #take(settings: Settings): void {
    this.#values = this.#over(settings.values);
    this.#file = settings.file;
    this.#damaged = settings.damaged ?? this.#damaged;
    if (settings.trouble !== null) this.#trouble = settings.trouble;
  }

  #over(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return { ...values, ...Object.fromEntries(this.#unkept), ...Object.fromEntries(this.#wanted) };
  }
}

export const settings = new SettingsFile();
