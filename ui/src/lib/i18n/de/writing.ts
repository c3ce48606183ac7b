import type { Messages } from "../catalogue.svelte";
import { counted } from "../plural";

const lines = (count: number) => counted(count, "Zeile", "Zeilen");

export const writing: Messages["writing"] = {
  cannotPlan: "Das lässt sich noch nicht schreiben.",
  conflict: "Die Dateien haben sich inzwischen geändert. Die Vorschau ist neu; sieh noch einmal hin und stimme dann zu.",
  show: (count) => `${counted(count, "weitere Zeile", "weitere Zeilen")} zeigen`,
  created: (count) => `neu, ${lines(count)}`,
  changed: (count) => `${counted(count, "Zeile ändert", "Zeilen ändern")} sich`,
  deleted: "gelöscht",
  preview: "Was geschrieben wird",
  stop: ".",

  new: {
    title: "Neue Entscheidung",
    number: "Nummer",
    name: "Titel, als Aussage",
    scope: "Geltungsbereich",
    noScope: "Kein Geltungsbereich",
    template: "Vorlage",
    uses: (count) => (count === 0 ? "nie benutzt" : `${counted(count, "Mal", "Mal")} benutzt`),
    editTemplate: "Vorlagen bearbeiten",
    noNumber: "Das ist keine Nummer. Leer lassen nimmt die nächste freie.",
    noTitle: "Gib ihr zuerst einen Titel.",
    savesAs: "Gespeichert als",
    log: "Ordner",
    start: "Schreiben beginnen",
    close: (count) => (count === 1 ? "Ein Eintrag ist ähnlich." : "Zwei Einträge sind ähnlich."),
    supersede: (label) => `Stattdessen ${label} ablösen`,
    made: (label) => `${label} angelegt`,
    madeOn: (label, branch) => `${label} auf dem Branch ${branch} angelegt`,
    onBranch: "auf einem neuen Branch",
    view: "Was gezeigt wird",
    views: { record: "Eintrag", file: "Datei" },
    untitled: "Gib der Entscheidung einen Titel, um die Datei zu sehen.",
    noTemplates: "Die Vorlagen lassen sich nicht lesen.",
  },

  supersede: {
    title: (label) => `${label} ablösen`,
    lead: "Legt den Nachfolger an und kennzeichnet diesen Eintrag, in einem Commit. Nichts wird geschrieben, bis du zustimmst.",
    name: "Titel der neuen Entscheidung",
    willBe: "Wird",
    why: (label) => `Warum fällt ${label}?`,
    whyNote: "steht auf der Zeitachse",
    status: (label) => (label ? `Status von ${label}` : "Status der neuen Entscheidung"),
    explain: {
      accepted: (old) => `${old} wird im selben Commit gekennzeichnet, damit keine Lücke ohne Entscheidung bleibt.`,
      open: (old) => `${old} bleibt, wie es ist. Wird die neue Entscheidung angenommen, so wird ${old} gekennzeichnet.`,
    },
    carry: (label) => `Übernehmen von ${label}`,
    carryPaths: (count) => (count > 0 ? counted(count, "gebundenen Pfad", "gebundene Pfade") : "Gebundene Pfade"),
    carryScope: "Geltungsbereich und Schlagwörter",
    carryContext: "Abschnitt Kontext, als Anfang",
    afterwards: "Danach",
    held: (span) => `galt ${span}`,
    footer: "Beide Dateien werden vorgemerkt. Den Commit schreibst du in den Änderungen.",
    footerOne: "Die neue Datei wird vorgemerkt. Den Commit schreibst du in den Änderungen.",
    edit: (label) => (label ? `${label} anlegen und bearbeiten` : "Anlegen und bearbeiten"),
    stage: "Anlegen und vormerken",
    empty: "Gib der neuen Entscheidung einen Titel, um zu sehen, was geschrieben wird.",
    done: (label, old) => `${label} angelegt. ${old} als abgelöst gekennzeichnet.`,
    doneOpen: (label, old) => `${label} angelegt. ${old} bleibt in Kraft, bis es angenommen ist.`,
  },

  status: {
    titles: { proposed: "Vorschlagen", accepted: "Annehmen", rejected: "Ablehnen", deprecated: "Zurückziehen" },
    title: (verb, label) => `${label}: ${verb}`,
    leads: {
      proposed: "Sagt, dass andere darüber urteilen können.",
      accepted: "Ab jetzt ist sie in Kraft.",
      rejected: "Sie wurde erwogen und verworfen. Der Eintrag bleibt.",
      deprecated: "Sie gilt nicht mehr, und nichts tritt an ihre Stelle.",
    },
    done: {
      proposed: (label) => `${label} vorgeschlagen`,
      accepted: (label) => `${label} angenommen`,
      rejected: (label) => `${label} abgelehnt`,
      deprecated: (label) => `${label} zurückgezogen`,
    },
  },
};
