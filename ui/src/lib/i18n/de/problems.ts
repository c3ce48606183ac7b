import type { Messages } from "../catalogue.svelte";

/** By the code of the contract; the exact message of the back end stands behind it, in English. */
export const WORDS: Readonly<Record<string, string>> = {
  P001: "Die Kopfdaten lassen sich nicht lesen",
  P002: "Nummer doppelt vergeben",
  P003: "Link ins Leere",
  P004: "Link nur auf einer Seite",
  P005: "Ablösung im Kreis",
  P006: "Abgelöst ohne Nachfolger",
  P007: "Platzhalter nicht ausgefüllt",
  P008: "Titel fehlt",
  P009: "Kein Datum",
  P010: "Unbekannter Status",
  P011: "Verweis mehrdeutig",
  P012: "Angenommen, beruht aber auf Vorgeschlagenem",
  P013: "Status fehlt",
  P014: "Nicht UTF-8",
  P015: "Zu groß",
  P016: "Nicht lesbar",
  P017: "Link auf eine Datei, die es nicht gibt",
  P018: "Kennung doppelt vergeben",
  P019: "Konfliktzeichen im Text",
  P020: "Einstellungen fehlerhaft",
  P021: "Schreiben wurde unterbrochen",
  P022: "Git wird nicht benutzt",
  P023: "Nummer auf einem anderen Branch vergeben",
  P024: "Unerwarteter Wert",
  P025: "Kein gültiges Pfadmuster",
};

export const problems: Messages["problems"] = {
  said: ({ code, message }) => {
    const words = WORDS[code];
    return words === undefined ? message : `${words} (${message.replace(/\.$/, "")})`;
  },
};
