// Esc, one step at a time (DESIGN §5): what lies over the screen closes, then what narrows the list goes, then the list
// takes the focus. Fields, dialogs, menus and the editor have an Esc of their own and are asked first.
import { focusMain } from "../panes";
import { frame } from "../state/frame.svelte";
import { layers } from "../state/layers";
import { layout } from "../state/layout.svelte";
import { library } from "../state/library.svelte";
import { navigation } from "../state/navigation.svelte";
import { peek } from "../state/peek.svelte";

/** Takes the next step; false when there is none. */
export function escape(): boolean {
  if (layers.close()) return true;
  switch (navigation.screen) {
    case "library":
      return narrowed() || toList();
    case "editor":
      return false;
    default:
      return focusMain();
  }
}

/** The look at a row, chosen rows, filters. */
function narrowed(): boolean {
  if (peek.row) peek.row = false;
  else if (library.selected.length > 0) library.clearSelected();
  else if (library.filtering || library.filterOpen) library.clearFilters();
  else return false;
  return true;
}

function toList(): boolean {
  if (layout.onePane && navigation.place.path !== null) void navigation.go({ screen: "library", path: null }).then((gone) => gone && frame.wantList());
  else frame.wantList();
  return true;
}
