import type { Messages } from "../catalogue.svelte";
import { counted } from "../plural";

export const merge: Messages["merge"] = {
  view: "Ansicht",
  views: { differences: "Unterschiede", merge: "Zusammengeführt" },
  lead: (conflicts) =>
    conflicts === 0 ? "Die Änderungen liegen an verschiedenen Stellen; beide bleiben." : "Wo beide dieselben Zeilen geändert haben, wähle. Alles andere bleibt von beiden.",
  bring: "Zusammenführen",
  use: "Zusammengeführten Text nehmen",
  unchanged: (lines) => counted(lines, "unveränderte Zeile", "unveränderte Zeilen"),
  conflict: (at, of) => `Konflikt ${String(at)} von ${String(of)}`,
  choose: "Welcher Text bleibt",
  choices: { mine: "Deiner", theirs: "Auf der Platte", both: "Beide" },
  yours: "Deiner",
  theirs: "Auf der Platte",
  fromYours: "Von dir",
  fromTheirs: "Von der Platte",
  removed: "Herausgenommen",
  left: (left, of) => (left === 0 ? "Alles entschieden" : `${String(left)} von ${String(of)} noch zu entscheiden`),
};
