// Keys of the list itself (DESIGN §5 "Lists"); actions on the record are dispatched by lib/keys.
import { escape } from "../../lib/actions/escape";
import { library } from "../../lib/state/library.svelte";
import { frame } from "../../lib/state/frame.svelte";
import { peek } from "../../lib/state/peek.svelte";

interface Where {
  index: number;
  /** The row one page down or up. */
  page: (direction: 1 | -1) => number;
  singleKeys: boolean;
  now: number;
}

/** Moves, folds or opens; answers whether the key was one of the list's. */
export function listKey(event: KeyboardEvent, where: Where): boolean {
  const { index } = where;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "a") {
    library.selectAll();
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.shiftKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    library.selectTo(index + (event.key === "ArrowDown" ? 1 : -1));
    return true;
  }
  const row = library.rows[index];
  switch (event.key) {
    case "ArrowDown":
      library.moveTo(index + 1);
      return true;
    case "ArrowUp":
      library.moveTo(index - 1);
      return true;
    case "Home":
      library.moveTo(0);
      return true;
    case "End":
      library.moveTo(library.rows.length - 1);
      return true;
    case "PageDown":
      library.moveTo(where.page(1));
      return true;
    case "PageUp":
      library.moveTo(where.page(-1));
      return true;
    case "ArrowRight":
      library.fold(index, true);
      return true;
    case "ArrowLeft":
      if (row && row.kind !== "group" && (row.kind === "past" || row.earlier === 0 || row.folded)) library.moveTo(library.rows.findIndex((one) => one.key === row.parent));
      else library.fold(index, false);
      return true;
    case "Enter":
      library.open(index);
      peek.row = false;
      if (row && row.kind !== "group") frame.wantReader();
      return true;
    case " ":
      if (row?.kind === "group") library.fold(index);
      else peek.row = !peek.row && row !== undefined;
      return true;
    case "Escape":
      return escape();
  }
  if (!where.singleKeys) return false;
  if (/^\d$/.test(event.key)) {
    library.typeDigit(event.key, where.now);
    return true;
  }
  return false;
}
