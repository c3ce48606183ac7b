// What can be done on the Lineage screen, for its buttons, keys and the palette alike. Registered while the screen is shown.
import Download from "@lucide/svelte/icons/download";
import Waypoints from "@lucide/svelte/icons/waypoints";

import type { Action } from "../../lib/actions/actions.svelte";
import { t } from "../../lib/i18n/messages";
import { frame } from "../../lib/state/frame.svelte";
import { layers } from "../../lib/state/layers";
import type { Lineage } from "../../lib/state/lineage.svelte";
import { navigation } from "../../lib/state/navigation.svelte";

export type PictureFormat = "svg" | "png";

/** What the screen lends to its actions. */
export interface LineagePort {
  lineage: Lineage;
  exportAs(format: PictureFormat): void;
  menu(): void;
}

const CONTEXTS = ["lineage"] as const;

/** Opens the chosen record where it is read. */
export function openRecord(path: string | null): void {
  if (path === null) return;
  void navigation.go({ screen: "library", path }).then((gone) => gone && frame.wantReader());
}

export function lineageActions({ lineage, exportAs, menu }: LineagePort): Action[] {
  const words = t.lineage.commands;
  const chosen = () => (lineage.current ? null : t.lineage.noSelection);
  const something = () => (lineage.count > 0 ? null : t.lineage.nothingShown);
  const action = (id: string, title: () => string, keys: string[], run: () => unknown, more: Partial<Action> = {}): Action => ({
    id: `lineage.${id}`, group: "lineage", title, keys, contexts: CONTEXTS, run, ...more,
  });
  const move = (id: keyof typeof words.moves, keys: string[], run: () => unknown) => action(id, () => words.moves[id], keys, run, { hidden: true });
  return [
    { ...action("isolate", () => words.isolate, ["f"], () => { lineage.isolate(); }), icon: Waypoints, title: () => (lineage.isolated === null ? words.isolate : words.leave), unavailable: () => (lineage.isolated === null ? chosen() : null) },
    action("fit", () => words.fit, ["0"], () => { lineage.fit(); }),
    action("zoom-in", () => words.zoomIn, ["plus", "shift+plus", "="], () => { lineage.zoom(1); }),
    action("zoom-out", () => words.zoomOut, ["-"], () => { lineage.zoom(-1); }),
    action("today", () => words.today, ["t"], () => { lineage.goToday(); }),
    action("open", () => words.open, [], () => { openRecord(navigation.place.path); }, { unavailable: chosen }),
    action("all", () => words.all, [], () => { lineage.all = true; }, { unavailable: () => (lineage.count < lineage.total ? null : t.lineage.allShown) }),
    action("even", () => words.even, [], () => { lineage.even = !lineage.even; }),
    { ...action("svg", () => words.svg, [], () => { exportAs("svg"); }, { unavailable: something }), icon: Download },
    { ...action("png", () => words.png, [], () => { exportAs("png"); }, { unavailable: something }), icon: Download },
    move("earlier", ["left"], () => { lineage.alongChain(-1); }),
    move("later", ["right"], () => { lineage.alongChain(1); }),
    move("up", ["up"], () => { lineage.acrossTracks(-1); }),
    move("down", ["down"], () => { lineage.acrossTracks(1); }),
    move("first", ["home"], () => { lineage.endOfChain(-1); }),
    move("last", ["end"], () => { lineage.endOfChain(1); }),
    move("page-up", ["pageup"], () => { lineage.acrossTracks(-PAGE); }),
    move("page-down", ["pagedown"], () => { lineage.acrossTracks(PAGE); }),
    move("pan-earlier", ["shift+left"], () => { lineage.pan(-1); }),
    move("pan-later", ["shift+right"], () => { lineage.pan(1); }),
    move("back", ["escape"], () => { leave(lineage); }),
    // The panes of a record, as this screen has them.
    { id: "view.about", group: "view", keys: ["mod+alt+b"], title: () => t.lineage.showChain, run: () => (lineage.panel = !lineage.panel) },
    { id: "decision.menu", group: "decision", keys: [".", "shift+f10", "contextmenu"], contexts: CONTEXTS, hidden: true, title: () => t.common.more, unavailable: chosen, run: menu },
  ];
}

/** Tracks that a page is. */
const PAGE = 12;

/** Esc takes back one thing at a time: the chain's sheet, the day that is asked for, the isolated chain, the only scope. */
function leave(lineage: Lineage): void {
  if (layers.close()) return;
  if (lineage.asOf !== null) lineage.showDay(null);
  else if (lineage.isolated !== null) lineage.leaveIsolation();
  else if (lineage.scope !== null) lineage.showScope(null);
}
