import type { Messages } from "../catalogue.svelte";

export const menubar: Messages["menubar"] = {
  titles: { app: "Precedent", file: "&Datei", edit: "&Bearbeiten", view: "&Ansicht", go: "&Gehe zu", decision: "&Entscheidung", window: "&Fenster", help: "&Hilfe" },
  roles: {
    undo: "Rückgängig", redo: "Wiederholen", cut: "Ausschneiden", copy: "Kopieren", paste: "Einfügen", "select-all": "Alles auswählen",
    minimize: "Minimieren", maximize: "Maximieren", fullscreen: "Vollbild", "close-window": "Fenster schließen",
    services: "Dienste", hide: "Precedent ausblenden", "hide-others": "Andere ausblenden", "show-all": "Alle einblenden",
  },
  command: "Menüleiste",
  always: "ein Mac hat immer eine",
  setting: "Menüleiste",
  settingHint: "Alle Befehle in Menüs am oberen Rand des Fensters. Ohne sie stehen sie in der Palette.",
};
