// Sends the menu bar to the system when it has changed, and runs what is chosen there.
import type { MenuList } from "../ipc/bindings";
import { call, on } from "../ipc/client";
import { app } from "./app.svelte";

/** Moving through a list changes the words of many items: they are told once one stands still. */
const SETTLE_MS = 80;

class MenuBar {
  #told: string | null = null;
  #wanted: MenuList[] | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  async listen(run: (id: string) => void): Promise<void> {
    await on("menu", run);
  }

  show(menus: MenuList[] | null): void {
    this.#wanted = menus;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), SETTLE_MS);
  }

  /** On a Mac the bar belongs to the window one works in. */
  again(): void {
    if (this.#told === null) return;
    this.#told = null;
    this.show(this.#wanted);
  }

  #tell(): void {
    const text = JSON.stringify(this.#wanted);
    // A window begins without one.
    if (text === this.#told || (this.#told === null && this.#wanted === null)) return;
    this.#told = text;
    call("set_menu", { menus: this.#wanted }).catch((error: unknown) => app.logError(error));
  }
}

export const menuBarOfWindow = new MenuBar();
