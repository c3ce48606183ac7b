import type { Messages } from "../catalogue.svelte";
import { counted, number } from "../plural";

const files = (count: number) => counted(count, "Datei", "Dateien");
const records = (count: number) => counted(count, "Eintrag", "Einträge");

export const changes: Messages["changes"] = {
  name: "Änderungen",
  files: "Geänderte Dateien",
  staged: "Vorgemerkt",
  notStaged: "Nicht vorgemerkt",
  others: "Andere Dateien",
  conflicts: "Konflikte",
  stage: "Datei vormerken",
  unstage: "Datei nicht mehr vormerken",
  unreadable: "Nicht lesbar.",
  stageAll: "Alle vormerken",
  unstageAll: "Keine vormerken",
  refresh: "Neu nachsehen",
  added: (count) => `+${number(count)}`,
  removed: (count) => `−${number(count)}`,
  kinds: { added: "Neue Datei", modified: "Geändert", deleted: "Gelöscht", renamed: "Umbenannt", conflicted: "Hat einen Konflikt", typechange: "Art der Datei geändert" },
  lines: (added, removed) => `${counted(added, "Zeile", "Zeilen")} hinzu, ${counted(removed, "Zeile", "Zeilen")} weg`,

  difference: "Unterschied",
  view: "Ansicht des Unterschieds",
  views: { rendered: "Gesetzt", words: "Wörter", lines: "Zeilen", both: "Gesetzt und Wörter" },
  bothShort: "Beides",
  fieldChanges: "Geänderte Felder",
  fieldNames: {
    Status: "Status", Date: "Datum", "Proposed on": "Vorgeschlagen am", "Accepted on": "Angenommen am", "Review by": "Prüfen bis", Supersedes: "Ersetzt", "Superseded by": "Ersetzt durch",
    Binds: "Bindet", Scope: "Geltungsbereich", Tags: "Schlagwörter", Title: "Titel", "Decision makers": "Entschieden von", Consulted: "Befragt", Informed: "Informiert", Amends: "Ergänzt",
    "Amended by": "Ergänzt durch", "Depends on": "Hängt ab von", "Relates to": "Verwandt mit", "Why it fell": "Warum es fiel",
  },
  notSet: "nicht gesetzt",
  afterProposed: (days) => (days === 0 ? "am Tag des Vorschlags" : `${counted(days, "Tag", "Tage")} nach dem Vorschlag`),
  changeOf: (at, all) => `Änderung ${number(at)} von ${number(all)}`,
  hunk: (from, to, section) => {
    const lines = from === to ? `Zeile ${String(from)}` : `Zeilen ${String(from)} bis ${String(to)}`;
    return section ? `${lines}, ${section}` : lines;
  },
  hunkName: (at, all, section) => (section ? `Änderung ${number(at)} von ${number(all)}, ${section}` : `Änderung ${number(at)} von ${number(all)}`),
  addedLine: "hinzugefügt:",
  removedLine: "entfernt:",
  changedLine: "geändert:",
  moreLines: (count) => `${counted(count, "weitere Zeile", "weitere Zeilen")} zeigen`,
  notices: { binary: "Das ist keine Textdatei.", "too large": "Diese Datei ist zu groß, um hier verglichen zu werden." },
  onlyName: "Nur der Name hat sich geändert, nicht der Text.",
  noDifference: "Nur die Art der Datei hat sich geändert, nicht der Text.",
  nothingSelected: "Wähle eine Datei, um zu sehen, was sich geändert hat.",

  message: "Commit-Nachricht",
  messageHelp: "Erste Zeile: was entschieden wurde. Dann eine leere Zeile und, wenn du magst, warum.",
  suggestions: "Vorschläge",
  useSuggestion: "Vorschlag übernehmen",
  counter: (length) => `${number(length)} von 72 Zeichen`,
  long: "Länger als 72 Zeichen: Manche Werkzeuge schneiden sie ab.",
  missing: "Sag, was entschieden wurde. Ein Vorschlag liegt bereit.",
  missingPlain: "Sag, was entschieden wurde.",
  asOn: (author) => `als ${author} auf`,
  commit: (count, ofRecords) => `${ofRecords ? records(count) : files(count)} committen`,
  stageAndCommit: (count) => `${records(count)} vormerken und committen`,
  commitPlain: "Committen",
  committing: "Wird committet",
  committed: (count, branch, ofRecords) => {
    const what = ofRecords ? records(count) : files(count);
    return branch ? `${what} auf ${branch} committet` : `${what} committet`;
  },

  nothing: "Nichts zu committen",
  lastCommit: (when, subject) => `Letzter Commit ${when}: ${subject}`,
  noCommits: "Dieses Repository hat noch keine Commits.",
  nothingStaged: "Nichts ist vorgemerkt. Drücke die Leertaste auf einer Datei, um sie vorzumerken.",

  noGit: { title: (name) => `${name} ist kein Git-Repository`, text: "Die Einträge lassen sich lesen, durchsuchen und bearbeiten, aber es gibt keinen Verlauf und keinen Commit." },
  failed: "Git konnte nicht sagen, was sich geändert hat.",
  actionFailed: "Das hat nicht geklappt.",
  detached: {
    lead: (head) => `Du bist auf Commit ${head},`,
    text: "auf keinem Branch. Ein Commit gehört hier zu keinem Branch und geht leicht verloren; deshalb wird erst committet, wenn du einen wählst.",
    unavailable: "zuerst einen Branch wählen",
  },
  conflict: {
    unavailable: "zuerst die Konflikte lösen",
  },
  hook: {
    lead: (hook) => (hook === null ? "Ein Hook hat diesen Commit angehalten." : `Der Hook ${hook} hat diesen Commit angehalten.`),
    mended: (count) => `Nichts wurde committet. Deine Nachricht bleibt. Was seither in ${counted(count, "Datei", "Dateien")} geändert wurde, kommt mit.`,
    text: "Nichts wurde committet. Deine Nachricht bleibt.",
    output: "Was der Hook gesagt hat",
    retry: "Beheben und noch einmal",
    without: "Ohne Hooks committen",
    confirmTitle: "Committen, ohne Hooks auszuführen?",
    confirmText: "Die Prüfungen, die diesen Commit angehalten haben, werden übersprungen. Wer sich auf sie verlässt, wird überrascht sein.",
  },
  identity: {
    lead: "Git weiß nicht, wer du bist.",
    text: "Gib einmal Namen und Adresse an und committe dann noch einmal. Deine Nachricht bleibt.",
    commands: ['git config --global user.name "Dein Name"', 'git config --global user.email "du@example.org"'],
    copy: "Beide Befehle kopieren",
  },
  trust: {
    title: "Darf dieses Repository seine eigenen Programme starten?",
    text: "Ein Commit würde hier Programme starten, die in den Einstellungen dieses Repositorys stehen. Lesen und Bearbeiten tun das nie.",
    reasons: "Was gestartet würde",
    agree: "Vertrauen und committen",
    once: "Precedent merkt sich das für dieses Repository.",
  },
  other: "Der Commit wurde nicht gemacht.",
  gitSaid: "Was Git gesagt hat",

  commands: {
    toggle: "Datei vormerken oder nicht",
    stageAll: "Alle vormerken",
    unstageAll: "Keine vormerken",
    nextChange: "Nächste Änderung",
    previousChange: "Vorige Änderung",
    message: "Nachricht schreiben",
    commit: "Committen",
    refresh: "Neu nach Änderungen sehen",
  },
  nothingToCommit: "nichts zu committen",
  allStaged: "nichts vorzumerken",
  noneStaged: "nichts ist vorgemerkt",
  onlyThere: "auf der Seite Änderungen",
  noFile: "keine Datei gewählt",
};
