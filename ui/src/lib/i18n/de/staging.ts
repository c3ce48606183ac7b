import type { Messages } from "../catalogue.svelte";
import { counted, number } from "../plural";

const lines = (count: number) => counted(count, "Zeile", "Zeilen");

export const staging: Messages["staging"] = {
  stageHunk: "Stelle vormerken",
  unstageHunk: "Stelle nicht vormerken",
  stageLines: (count) => `${lines(count)} vormerken`,
  unstageLines: (count) => `${lines(count)} nicht vormerken`,
  discardHunk: "Stelle verwerfen",
  discardLines: (count) => `${lines(count)} verwerfen`,
  chooseLine: (line) => `Zeile ${number(line)} wählen`,
  openEnd: "Ohne Zeilenende am Ende",
  stagedHunk: (section, done) => (done ? `Änderung in ${section || "dieser Datei"} vorgemerkt` : `Änderung in ${section || "dieser Datei"} nicht mehr vorgemerkt`),
  unchanged: (count) => (count === 1 ? "1 unveränderter Absatz" : `${number(count)} unveränderte Absätze`),
  movedFrom: (section) => `verschoben aus ${section ?? "dem Anfang"}`,
  more: "Mehr zu dieser Datei",
  side: "Nebeneinander",
  unified: "Eine Spalte",
  spaces: { shown: "Änderungen an Leerzeichen zeigen", amount: "Mehr oder weniger Leerzeichen übergehen", hidden: "Alle Leerzeichen übergehen" },
  discard: (name) => `Änderungen an ${name} verwerfen…`,
  discardFile: "Änderungen verwerfen…",
  discarded: (name) => `Änderungen an ${name} verworfen`,
  restored: (name) => `${name} ist wieder wie vorher`,
  notDiscardable: { noFile: "keine Datei gewählt", staged: "erst nicht mehr vormerken", conflict: "erst den Konflikt lösen" },
  trash: {
    command: "Verworfene Änderungen…",
    title: "Verworfene Änderungen",
    lead: "30 Tage lang aufgehoben im git-Ordner des Repositorys, nur auf diesem Rechner.",
    empty: "In den letzten 30 Tagen wurde nichts verworfen.",
    failed: "Die Liste ist nicht zu lesen.",
    refused: "Es wurde nicht wiederhergestellt.",
    name: "Verworfene Änderungen, neueste zuerst",
    was: { added: "neue Datei", modified: "Änderungen", deleted: "Löschung", renamed: "Umbenennung" },
    restore: "Wiederherstellen",
    over: "Trotzdem wiederherstellen",
    changed: "Die Datei hat sich seither geändert. Was jetzt dort steht, bleibt in dieser Liste.",
  },
  pictures: { title: "Bild", old: "Vorher", new: "Jetzt", none: "Es gab keines.", gone: "Es ist weg.", alt: (name, old) => (old ? `${name} vorher` : `${name} jetzt`) },
};
