import type { Messages } from "../catalogue.svelte";
import { counted } from "../plural";

export const palette: Messages["palette"] = {
  name: "Befehlspalette",
  input: "Alles suchen oder ausführen",
  inputDecisions: "Zu einer Entscheidung",
  results: "Ergebnisse",
  groups: { record: (label) => `Zu ${label}`, recent: "Zuletzt gelesen", decisions: "Entscheidungen", commands: "Befehle", paths: "Pfade", people: "Personen", headings: (label) => `In ${label}`, actions: (label) => `Aktionen für ${label}`, body: "Im Text" },
  counts: (of) =>
    ([[of.decisions, "Entscheidung", "Entscheidungen"], [of.paths, "Pfad", "Pfade"], [of.commands, "Befehl", "Befehle"], [of.people, "Person", "Personen"], [of.headings, "Überschrift", "Überschriften"]] as const)
      .flatMap(([count, one, many]) => (count > 0 ? [counted(count, one, many)] : [])).join(", "),
  boundBy: (count) => `gebunden durch ${counted(count, "Entscheidung", "Entscheidungen")}`,
  namedIn: (count) => `in ${counted(count, "Entscheidung", "Entscheidungen")}`,
  beside: "Daneben öffnen",
  actionsFor: (label) => `Aktionen für ${label}`,
  backHint: "Zurück",
  linkCopied: (label) => `Link zu ${label} kopiert`,
  place: "eine Überschrift des Eintrags",
  noRecord: "Kein Eintrag ist geöffnet.",
  filterScope: (scope) => `Bibliothek auf Bereich ${scope} filtern`,
  filterTag: (tag) => `Bibliothek auf Schlagwort ${tag} filtern`,
  filterStatus: (status) => `Bibliothek auf Status ${status} filtern`,
  filterYear: (year) => `Entscheidungen von ${year} suchen`,
  newIn: (scope) => `Neue Entscheidung in ${scope}…`,
  whatBinds: (path) => `Zeigen, was ${path} bindet`,
  prefixPaths: "Pfade",
  prefixPeople: "Personen",
  prefixPlace: "Überschriften",
  path: "",
  nothing: (query) => `Nichts passt zu „${query}“`,
  nothingHint: "Versuche weniger Buchstaben oder eine Nummer.",
  open: "Öffnen",
  run: "Ausführen",
  prefixCommands: "Befehle",
  prefixNumber: "Nummer",
  scope: "Geltungsbereich",
  tag: "Schlagwort",
};
