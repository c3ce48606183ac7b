// At most one toast; a newer one replaces it. Never the only place an error appears.
import { untrack } from "svelte";

export interface ToastAction {
  readonly label: string;
  readonly keys?: string;
  /** Takes back the last step: Undo runs it while the toast is shown. */
  readonly undoes?: true;
  readonly run: () => void;
}

export interface Toast {
  readonly text: string;
  readonly tone: "ok" | "info" | "error";
  readonly action?: ToastAction;
}

const SHORT_MS = 6_000;
const WITH_ACTION_MS = 10_000;

class Toasts {
  /** Height of a panel docked at the bottom of the window; the toast stands above it, not over its first row. */
  lift = $state(0);
  #current = $state.raw<Toast | null>(null);
  /** Who can draw it: the window, and over it each open dialog. Under a dialog nothing can be clicked or is read aloud. */
  #drawers = $state.raw<readonly symbol[]>([]);
  #timer: ReturnType<typeof setTimeout> | undefined;

  get current(): Toast | null {
    return this.#current;
  }

  get drawer(): symbol | undefined {
    return this.#drawers.at(-1);
  }

  /** The newest drawer draws; the answer takes it away. */
  draw(drawer: symbol): () => void {
    const others = (): readonly symbol[] => untrack(() => this.#drawers).filter((one) => one !== drawer);
    this.#drawers = [...others(), drawer];
    return () => {
      this.#drawers = others();
      // The pointer that kept it may have gone with the dialog.
      if (untrack(() => this.#current) !== null) this.resume();
    };
  }

  show(text: string, options: Partial<Omit<Toast, "text">> = {}): Toast {
    const toast: Toast = { tone: "ok", ...options, text };
    this.#current = toast;
    this.resume();
    return toast;
  }

  /** Takes the toast away; with `only`, if that is the one. */
  dismiss(only?: Toast): void {
    if (only && only !== this.#current) return;
    clearTimeout(this.#timer);
    this.#current = null;
  }

  /** Hover or focus keeps it. */
  pause(): void {
    clearTimeout(this.#timer);
  }

  resume(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dismiss(), this.#current?.action ? WITH_ACTION_MS : SHORT_MS);
  }
}

export const toasts = new Toasts();
