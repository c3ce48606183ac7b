import type { Messages } from "../catalogue.svelte";

export const common: Messages["common"] = {
  appName: "Precedent",
  back: "Zurück",
  forward: "Vorwärts",
  cancel: "Abbrechen",
  close: "Schließen",
  clear: "Leeren",
  copy: "Kopieren",
  copied: "Kopiert",
  create: "Anlegen",
  dismiss: "Ausblenden",
  edit: "Bearbeiten",
  more: "Weitere Befehle",
  open: "Öffnen",
  remove: "Entfernen",
  save: "Speichern",
  supersede: "Ablösen",
  tryAgain: "Noch einmal",
  undo: "Rückgängig",
  untitled: "Ohne Titel",
  dot: "·",
  unexpected: "Etwas ist schiefgegangen, das Precedent nicht erwartet hat.",
  adr: (label) => (/^\d/.test(label) ? `ADR-${label}` : label),
};

export const status: Messages["status"] = {
  draft: "Entwurf",
  proposed: "Vorgeschlagen",
  accepted: "Angenommen",
  rejected: "Abgelehnt",
  deprecated: "Zurückgezogen",
  superseded: "Abgelöst",
  other: "Anderer",
  none: "Ohne Status",
};

export const keys: Messages["keys"] = {
  then: "dann",
  ctrl: "Strg",
  shift: "Umschalt",
  alt: "Alt",
  enter: "Eingabe",
  escape: "Esc",
  space: "Leer",
  backspace: "Rück",
  delete: "Entf",
  home: "Pos1",
  end: "Ende",
  pageup: "Bild↑",
  pagedown: "Bild↓",
  tab: "Tab",
};
