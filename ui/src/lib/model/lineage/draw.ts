// Where a bar stands at a zoom, what it has room for, and how it looks on a day. Pure.
import { shownStatus } from "../decisions";
import { type Bar, BAR_HEIGHT, CHAIN_GAP, FADE, OPEN_BAR, pointRange, TICK, UNDATED_BAR, UNDATED_ZONE, VAGUE } from "./layout";
import type { View } from "./scale";
import { heldOn } from "./strands";

/** `title`, mark and number; `mark` and number; `number` alone; or a `tick`. */
export type Room = "title" | "mark" | "number" | "tick";

/** `held`: in force. `past`: it was. `open`, `point`: outlined, or words only. `off`: not in force on the day that is asked for. */
export type Look = "held" | "past" | "deprecated" | "open" | "draft" | "rejected" | "unknown" | "off";

export interface Box {
  readonly bar: Bar;
  /** Left edge from where the timeline begins; negative in the zone of undated records. */
  readonly x: number;
  readonly width: number;
  readonly room: Room;
  /** Its beginning, or its end, is not known. */
  readonly fadesIn: boolean;
  readonly fadesOut: boolean;
  /** Runs on past today. */
  readonly holds: boolean;
  /** The words stand left of the day. */
  readonly flipped: boolean;
}

const TITLE_ROOM = 96;
const MARK_ROOM = 60;
const TICK_ROOM = 24;

/** The bar at this view; null when nothing of it is seen. */
export function boxOf(bar: Bar, view: View, width: number): Box | null {
  const { kind, decision, from, to } = bar.item;
  const box = (x: number, wide: number, more: Partial<Box> = {}): Box => ({ bar, x, width: wide, room: roomFor(wide), fadesIn: false, fadesOut: false, holds: false, flipped: false, ...more });
  if (kind === "open") return box(width + 8, OPEN_BAR - 8);
  if (kind === "undated") return box(8 - UNDATED_ZONE, UNDATED_BAR);
  const zoom = 1 / (view.end - view.start);
  const at = (place: number) => (place - view.start) * zoom * width;
  if (kind === "point") {
    const x = at(bar.start);
    const [left, right] = pointRange(x, bar.words, width);
    return x < -1 || x > width + 1 ? null : box(Math.max(0, left), right - Math.max(0, left), { flipped: x + bar.words > width });
  }
  const [left, right] = edges(bar, at, width);
  if (right < 0 || left > width) return null;
  const holds = decision.in_force && !bar.followed && view.end >= 1;
  const x = Math.max(0, left);
  const end = holds ? width + FADE : Math.min(width, right);
  const wide = Math.max(TICK, end - x - (successorFollows(bar) ? CHAIN_GAP : 0));
  return box(x, wide, { fadesIn: from === null, fadesOut: to === null && !decision.in_force, holds });
}

/** Unclipped edges; what is missing at one end gets the room of a number, whatever the zoom. */
function edges(bar: Bar, at: (place: number) => number, width: number): [number, number] {
  const { from, to, decision } = bar.item;
  if (from === null) return [at(bar.end) - VAGUE, at(bar.end)];
  if (to === null && !decision.in_force) return [at(bar.start), at(bar.start) + VAGUE];
  const [left, right] = [at(bar.start), at(bar.end)];
  return right - left >= TICK ? [left, right] : [Math.min(left, width - TICK), Math.min(left, width - TICK) + TICK];
}

function successorFollows(bar: Bar): boolean {
  return bar.item.to !== null && bar.item.decision.superseded_by.length > 0;
}

function roomFor(width: number): Room {
  return width < TICK_ROOM ? "tick" : width < MARK_ROOM ? "number" : width < TITLE_ROOM ? "mark" : "title";
}

/** How it looks today, or on the day that is asked for. */
export function lookOf(bar: Bar, asOf: number | null): Look {
  const { item } = bar;
  if (asOf !== null) return heldOn(item, asOf) ? "held" : "off";
  const status = shownStatus(item.decision);
  if (item.kind === "open") return status === "draft" ? "draft" : "open";
  if (item.decision.in_force) return "held";
  if (status === "deprecated") return "deprecated";
  if (status === "rejected") return "rejected";
  return status === "superseded" || status === "accepted" ? "past" : "unknown";
}

export interface Line {
  readonly key: string;
  readonly d: string;
  /** `link` between records, dotted; `chain` from one decision to the next on another track. */
  readonly kind: "link" | "chain";
}

const INSET = 15;

/** Right edge of what is solid: lines do not begin in the fade. */
const solid = (box: Box) => box.x + box.width - (box.holds ? FADE : 0);

/** From the lower or upper edge of one box to the nearest edge of the other: straight where they overlap, else with a bend. */
export function lineBetween(from: Box, to: Box): string {
  const down = to.bar.y > from.bar.y;
  const startY = down ? from.bar.y + BAR_HEIGHT : from.bar.y;
  const left = Math.max(from.x, to.x);
  const right = Math.min(solid(from), solid(to));
  if (right - left > 2 * INSET) {
    const x = round(left + INSET);
    return `M${String(x)} ${String(startY)}V${String(down ? to.bar.y : to.bar.y + BAR_HEIGHT)}`;
  }
  const rightwards = to.x > from.x;
  const x = round(rightwards ? Math.max(from.x + 4, Math.min(solid(from) - INSET, to.x - INSET)) : from.x + Math.min(INSET, from.width / 2));
  const middle = to.bar.y + BAR_HEIGHT / 2;
  const bend = down ? middle - 6 : middle + 6;
  const turn = rightwards ? 6 : -6;
  const edge = round(rightwards ? to.x - 2 : solid(to) + 2);
  return `M${String(x)} ${String(startY)}V${String(bend)}q0 ${down ? "6" : "-6"} ${String(turn)} ${down ? "6" : "-6"}H${String(edge)}`;
}

const round = (value: number) => Math.round(value * 2) / 2;
