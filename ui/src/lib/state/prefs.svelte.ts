// What the user has chosen about the window itself, kept in the settings file: theme, density, zoom, pane widths, keys.
import { LANGUAGES, type Language } from "../i18n/language.svelte";
import type { CommitStyle } from "../ipc/bindings";
import { Persisted, isBoolean, isNumber, isOneOf, isString } from "./persisted.svelte";

const isChords = (value: unknown): value is Record<string, string[]> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every((chords) => Array.isArray(chords) && chords.every((chord) => typeof chord === "string"));
const isFlags = (value: unknown): value is Record<string, boolean> => typeof value === "object" && value !== null && Object.values(value).every(isBoolean);

const ZOOM_STEPS = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

class Prefs {
  readonly theme = new Persisted<"system" | "light" | "dark">("theme", "system", isOneOf("system", "light", "dark"));
  readonly density = new Persisted<"cozy" | "compact">("density", "cozy", isOneOf("cozy", "compact"));
  readonly reading = new Persisted<"serif" | "sans">("reading", "serif", isOneOf("serif", "sans"));
  readonly zoom = new Persisted("zoom", 1, isNumber);
  /** On Linux and Windows; a Mac always has one. */
  readonly menuBar = new Persisted("menu-bar", false, isBoolean);
  /** By screen; what is not named here is as the design has it. */
  readonly rails = new Persisted<Readonly<Record<string, boolean>>>("rails", {}, isFlags);
  readonly sidebarWidth = new Persisted("sidebar-width", 212, isNumber);
  readonly facetsWidth = new Persisted("facets-width", 216, isNumber);
  readonly about = new Persisted("about", true, isBoolean);
  /** Messages that Changes suggests: as the log's newest commits, or always one way. */
  readonly commitStyle = new Persisted<CommitStyle>("commit-style", "auto", isOneOf("auto", "conventional", "plain"));
  readonly diffColours = new Persisted<"green-red" | "blue-orange">("diff-colours", "green-red", isOneOf("green-red", "blue-orange"));
  /** On top of what the system asks for. */
  readonly moreContrast = new Persisted("more-contrast", false, isBoolean);
  readonly compatibleDrawing = new Persisted("compatible-drawing", false, isBoolean);
  readonly language = new Persisted<"system" | Language>("language", "system", isOneOf("system", ...LANGUAGES));
  // Source editor
  readonly wrap = new Persisted("editor-wrap", true, isBoolean);
  readonly spaces = new Persisted("editor-spaces", false, isBoolean);
  readonly spellcheck = new Persisted("editor-spellcheck", true, isBoolean);
  readonly tabIndents = new Persisted("editor-tab-indents", false, isBoolean);
  /** Chords of actions that the user has given others, by id. */
  readonly keys = new Persisted<Readonly<Record<string, readonly string[]>>>("keys", {}, isChords);
  readonly singleKeys = new Persisted("single-keys", true, isBoolean);
  readonly listWidth = new Persisted("list-width", 364, isNumber);
  readonly aboutWidth = new Persisted("about-width", 272, isNumber);
  readonly previewWidth = new Persisted("preview-width", 446, isNumber);

  /** Program of `installed_editors`; empty takes the one of the environment or the first that is installed. */
  readonly externalEditor = new Persisted("external-editor", "", isString);

  zoomBy(step: -1 | 0 | 1): void {
    if (step === 0) {
      this.zoom.value = 1;
      return;
    }
    const nearest = ZOOM_STEPS.findIndex((zoom) => zoom >= this.zoom.value - 0.01);
    const next = Math.min(ZOOM_STEPS.length - 1, Math.max(0, nearest + step));
    this.zoom.value = ZOOM_STEPS[next] ?? 1;
  }

  nextTheme(): void {
    const order = ["system", "light", "dark"] as const;
    this.theme.value = order[(order.indexOf(this.theme.value) + 1) % order.length] ?? "system";
  }
}

export const prefs = new Prefs();
