// The application itself: what it is told at start (folders, version, recent repositories), the system's theme, and
// where an unexpected error of the window goes (the local log, nowhere else).
import type { AppInfo, GitTrouble, RecentItem } from "../ipc/bindings";
import { call, on, setZoom, toHostError } from "../ipc/client";
import { systemLanguage } from "../i18n/language.svelte";
import { usePlatform } from "../keys/chord";
import { prefs } from "./prefs.svelte";

class App {
  #info = $state.raw<AppInfo | null>(null);
  #systemTheme = $state<"light" | "dark">(matches("(prefers-color-scheme: dark)") ? "dark" : "light");

  #gitTrouble = $state.raw<GitTrouble | null>(null);
  #zoom = 1;
  #marks: { name: string; ms: number }[] = [];

  #systemContrast = $state(matches("(prefers-contrast: more)"));

  /** Tokens for more contrast, wished for here or by the system. */
  readonly contrast = $derived(prefs.moreContrast.value || this.#systemContrast ? "more" : "normal");
  readonly language = $derived(prefs.language.value === "system" ? systemLanguage() : prefs.language.value);
  readonly theme = $derived(prefs.theme.value === "system" ? this.#systemTheme : prefs.theme.value);

  get info(): AppInfo | null {
    return this.#info;
  }

  /** Why git cannot be used; null when it can, or while that is not known. */
  get gitTrouble(): GitTrouble | null {
    return this.#gitTrouble;
  }

  get recent(): readonly RecentItem[] {
    return this.#info?.recent ?? [];
  }

  /** Follows the system's theme from now on. */
  async listen(): Promise<void> {
    matchMedia?.("(prefers-color-scheme: dark)").addEventListener("change", (event) => {
      this.#systemTheme = event.matches ? "dark" : "light";
    });
    matchMedia?.("(prefers-contrast: more)").addEventListener("change", (event) => {
      this.#systemContrast = event.matches;
    });
    await on("theme", (theme) => (this.#systemTheme = theme));
  }

  /** Asks the back end once. */
  async start(): Promise<AppInfo> {
    const info = await call("app_info");
    usePlatform(info.platform);
    document.documentElement.dataset.platform = info.platform;
    this.#info = info;
    return info;
  }

  /** Recent repositories and the like may have changed: a repository was opened or closed. */
  async refresh(): Promise<void> {
    this.#info = await call("app_info");
  }

  /** Whether git is there and recent enough. A host that cannot tell has no word against it. */
  async askForGit(): Promise<void> {
    this.#gitTrouble = await call("git_trouble").catch(() => null);
  }

  async forgetRecent(path: string): Promise<void> {
    const recent = await call("forget_recent", { path });
    if (this.#info) this.#info = { ...this.#info, recent };
  }

  async reveal(path: string): Promise<void> {
    await call("reveal", { path });
  }

  async openExternal(url: string): Promise<void> {
    await call("open_external", { url });
  }

  /** Applies the zoom of the preferences; a host that cannot zoom keeps 100 %. */
  zoom(factor: number): void {
    if (factor === this.#zoom) return;
    this.#zoom = factor;
    setZoom(factor).catch((error: unknown) => this.logError(error));
  }

  /** A moment of the window's start, for the measurements of `make bench-window`. */
  mark(name: string): void {
    this.#marks.push({ name, ms: performance.now() });
  }

  /** Puts the moments so far into the log, when nobody waits for anything any more. */
  noteMarks(): void {
    for (const mark of this.#marks.splice(0)) void call("mark", mark).catch(() => undefined);
  }

  /** Writes an error of the window into the local log. */
  async logError(thrown: unknown): Promise<void> {
    const error = toHostError(thrown);
    const stack = thrown instanceof Error ? (thrown.stack ?? "") : "";
    await call("log_error", { message: `${error.code}: ${error.message}\n${stack}` }).catch(() => undefined);
  }
}

function matches(query: string): boolean {
  return typeof matchMedia === "function" && matchMedia(query).matches;
}

export const app = new App();
