import type { Messages } from "../catalogue.svelte";
import { counted } from "../plural";

export const palette: Messages["palette"] = {
  name: "Befehlspalette",
  input: "Alles suchen oder ausführen",
  inputDecisions: "Zu einer Entscheidung",
  results: "Ergebnisse",
  groups: { record: (label) => `Zu ${label}`, recent: "Zuletzt gelesen", decisions: "Entscheidungen", commands: "Befehle", body: "Im Text" },
  counts: (decisions, commands) => [decisions > 0 ? counted(decisions, "Entscheidung", "Entscheidungen") : "", commands > 0 ? counted(commands, "Befehl", "Befehle") : ""].filter(Boolean).join(", "),
  nothing: (query) => `Nichts passt zu „${query}“`,
  nothingHint: "Versuche weniger Buchstaben oder eine Nummer.",
  open: "Öffnen",
  run: "Ausführen",
  prefixCommands: "Befehle",
  prefixNumber: "Nummer",
  scope: "Geltungsbereich",
  tag: "Schlagwort",
};
