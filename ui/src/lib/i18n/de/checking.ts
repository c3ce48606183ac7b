import type { Messages } from "../catalogue.svelte";
import { counted } from "../plural";

export const checking: Messages["checking"] = {
  name: "Prüfung dieses Commits",
  introduces: (count) => `Dieser Commit bringt ${counted(count, "Verstoß", "Verstöße")} mit`,
  warns: (count) => `Dieser Commit bringt ${counted(count, "Warnung", "Warnungen")} mit`,
  undecided: "Ob dieser Commit die Regeln einhält, ließ sich nicht entscheiden",
  faulty: "Die Regeln selbst haben einen Fehler",
  keeps: (count) => `Hält ${counted(count, "Regel", "Regeln")} ein`,
  unchecked: "Dieser Commit ließ sich nicht prüfen.",
  governance: (count) => `Dieser Commit bringt ${counted(count, "Änderung", "Änderungen")} an dem, was bindet`,
  decided: (title) => `Entschieden in „${title}“`,
  place: (path, line) => `${path}:${String(line)}`,
  remedy: (remedy) => `Stattdessen: ${remedy}`,
  proposedWaiver: "Die Ausnahme dafür steht in diesem Commit: Sie muss vorher ankommen.",
  show: (path, line) => `Zeile ${String(line)} von ${path} zeigen`,
};
