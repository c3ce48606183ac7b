// Keys and choices inside a hunk: Space stages it, Backspace throws it away, arrows walk its lines.
import type { DiffPart, Hunk } from "../../lib/ipc/bindings";
import type { Row } from "../../lib/model/diff";
import type { Parts } from "../../lib/state/parts.svelte";

/** What a list of lines needs to take parts of a change. */
export interface PartsPort {
  staged: boolean;
  has(row: Row): boolean;
  /** Chooses the row at a place, or leaves it out; with `range`, all from the last one chosen. */
  pick(rows: readonly Row[], at: number, range: boolean): void;
  /** How many of a hunk's lines are chosen. */
  chosen(hunk: Hunk): number;
  stage(hunk: Hunk): void;
  /** Absent where nothing can be thrown away. */
  discard?: (hunk: Hunk) => void;
}

export interface PartsRun {
  stage(lines: DiffPart, hunk: Hunk): void;
  discard(lines: DiffPart): void;
}

export function portOf(parts: Parts, staged: boolean, run: PartsRun): PartsPort {
  let last: Row | null = null;
  return {
    staged,
    has: (row) => parts.has(row),
    pick(rows, at, range) {
      const row = rows[at];
      if (!row) return;
      const from = range && last ? rows.indexOf(last) : -1;
      const some = from === -1 ? [row] : rows.slice(Math.min(from, at), Math.max(from, at) + 1);
      parts.toggle(some, from === -1 ? !parts.has(row) : true);
      last = row;
    },
    chosen(hunk) {
      if (parts.count === 0) return 0;
      const lines = hunk.lines.filter((line) => (line.kind === "del" ? parts.chosen.removed.includes(line.old_line ?? 0) : line.kind === "add" && parts.chosen.added.includes(line.new_line ?? 0)));
      return lines.length;
    },
    stage(hunk) {
      run.stage(parts.of(hunk), hunk);
    },
    ...(staged ? {} : { discard: (hunk: Hunk) => { run.discard(parts.of(hunk)); } }),
  };
}

/** Keys of one hunk, wherever in it the focus is: an attachment of its group. */
export function hunkKeys(port: PartsPort | null, hunk: Hunk) {
  return (group: HTMLElement): (() => void) | undefined => {
    if (!port) return undefined;
    const press = keysOf(port, hunk, group);
    group.addEventListener("keydown", press);
    return () => {
      group.removeEventListener("keydown", press);
    };
  };
}

function keysOf(port: PartsPort, hunk: Hunk, group: HTMLElement) {
  return (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const lines = [...group.querySelectorAll<HTMLElement>(".hunk, .pick")];
    const at = lines.indexOf(event.target as HTMLElement);
    const onLine = at > 0;
    if (event.key === " " && !onLine && at >= 0 && !event.shiftKey) {
      event.preventDefault();
      port.stage(hunk);
    } else if (event.key === "Enter" && onLine) {
      event.preventDefault();
      port.stage(hunk);
    } else if (event.key === "Backspace" && port.discard) {
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) port.discard(hunk);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = lines[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (at === -1 || !next) return;
      event.preventDefault();
      next.focus();
    }
  };
}
