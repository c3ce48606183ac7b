import type { Messages } from "../catalogue.svelte";
import { counted, number } from "../plural";

export const past: Messages["past"] = {
  title: "Entscheidungen an einem Tag",
  lead: "Die Liste und die Einträge, wie Git sie am Ende eines Tages oder bei einem Branch, Tag oder Commit hat. Nichts wird geändert.",
  field: "Tag oder Revision",
  hint: "Ein Tag wie 2025-05-03, ein Branch, ein Tag oder ein Commit.",
  show: "Zeigen",
  showing: "Wird nachgesehen",
  empty: "Sag, welcher Tag oder welche Revision.",
  banner: (when) => `Stand ${when}.`,
  readOnlyShort: "Nur lesen.",
  summary: (decisions, inForce) => `${counted(decisions, "Entscheidung", "Entscheidungen")}, ${number(inForce)} in Kraft.`,
  commit: (short, subject) => `Commit ${short}: ${subject}`,
  back: "Zurück zu heute",
  other: "Anderer Tag…",
  control: "Entscheidungen an einem Tag…",
  search: "Filtere den damaligen Stand nach Titel, Nummer, Schlagwort oder Person",
  searchToday: (when) => `Das sind die Einträge von heute, nicht die von ${when}.`,
  readOnly: "die Vergangenheit lässt sich nur lesen; geh zuerst zu heute zurück",
  notThere: (name) => `${name} gab es damals nicht.`,
  announced: (when) => `Entscheidungen mit Stand ${when}, nur lesen`,
  announcedBack: "Zurück zu heute",
};
