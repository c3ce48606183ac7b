// Fehler des Hosts, der Englisch spricht: was geschah in unseren Worten, das Genaue in seinen.
import type { ErrorCode } from "../../ipc/bindings";
import type { Messages } from "../catalogue.svelte";

const WHAT: Readonly<Record<ErrorCode, string>> = {
  "not-a-repository": "Der Ordner gehört zu keinem git-Repository",
  "no-log": "Hier wurde kein Ordner mit Entscheidungen gefunden",
  "log-exists": "Hier gibt es schon ein Log",
  "not-found": "Das gibt es hier nicht oder nicht mehr",
  ambiguous: "Das passt auf mehrere Einträge",
  conflict: "Ein anderes Programm hat die Datei inzwischen geändert; es wurde nichts geschrieben",
  io: "Eine Datei oder ein Ordner lässt sich nicht lesen oder schreiben",
  "read-only": "Die Datei ist schreibgeschützt; es wurde nichts geschrieben",
  usage: "So geht es nicht",
  "cannot-edit": "Dieser Eintrag lässt sich hier nicht so ändern; es wurde nichts geschrieben",
  git: "git hat abgelehnt",
  "hook-failed": "Ein Hook hat den Commit angehalten",
  "needs-trust": "Diesem Repository ist noch nicht erlaubt, Programme zu starten",
  "nothing-staged": "Es ist nichts vorgemerkt",
  "no-remote": "Dieses Repository hat kein Remote",
  "identity-missing": "git weiß nicht, wer du bist",
  "git-missing": "git fehlt oder ist zu alt",
  index: "Der Suchindex lässt sich nicht benutzen",
  "no-workspace": "Es ist kein Repository geöffnet",
  "open-elsewhere": "Ein anderes Fenster zeigt dieses Repository",
  cancelled: "Abgebrochen",
  internal: "Es ist etwas geschehen, womit Precedent nicht gerechnet hat",
};

const NEXT: Partial<Record<ErrorCode, string>> = {
  conflict: "Lade die Datei neu, um die andere Fassung zu sehen, vergleiche, oder behalte deine.",
  "read-only": "Mach sie beschreibbar und versuche es noch einmal.",
  "not-found": "Wähle den Eintrag noch einmal aus der Liste.",
  "identity-missing": "Setze Name und E-Mail-Adresse.",
  "nothing-staged": "Merke Änderungen vor, dann committe.",
  "no-remote": "Füge eines hinzu, mit der Adresse, die deine Forge zeigt.",
};

export const errors: Messages["errors"] = {
  said: (code, message) => `${WHAT[code]} („${message}“).`,
  hint: (code, hint) => NEXT[code] ?? hint,
};
