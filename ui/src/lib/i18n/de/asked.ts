// Wohin ein Link, ein zweiter Start oder ein Pfad der Befehlszeile führte.
import type { Messages } from "../catalogue.svelte";

export const asked: Messages["asked"] = {
  noRecord: (reference: string, name: string) => `${name} hat keinen Eintrag ${reference}. Er kann auf einem anderen Branch liegen oder eine neue Nummer haben.`,
  several: (reference: string, name: string) => `${name} hat mehrere Einträge ${reference}. Suche den gewünschten.`,
  followLink: "Diesem Link folgen",
};
