// Strands to lanes, tracks and bars. Tracks are packed for the whole of time at the width there is, so that zooming moves
// bars along their tracks and never from one to another. Pure: no pixels of the page are read here.
import type { Item, Strand } from "./strands";
import type { TimeScale } from "./scale";

export type Grouping = "scope" | "length";

export const BAR_HEIGHT = 26;
export const TRACK = 34;
/** Above the first bar of a lane, below its last one to the line, and from its last track to the next lane. */
const LANE_TOP = 7;
const LANE_BOTTOM = 8;
const LANE_GAP = 13;
/** Zones beside the timeline: open records at the right, records without a day at the left. */
export const OPEN_ZONE = 200;
export const OPEN_BAR = 176;
export const NO_OPEN_ZONE = 56;
export const UNDATED_ZONE = 152;
export const UNDATED_BAR = 136;
/** Past today a decision that holds fades out. */
export const FADE = 40;
/** A bar of which one end is not known has room for its number. */
export const VAGUE = 72;
export const TICK = 10;
export const CHAIN_GAP = 3;
/** Strands that have nothing to do with each other keep this distance on a track. */
const STRANGER_GAP = 24;
/** Places of a lane are looked for this many tracks back: farther up, gaps are few and the search is long. */
const LOOK_BACK = 24;

export interface Bar {
  readonly item: Item;
  readonly strand: Strand;
  readonly lane: number;
  /** Track in its lane. */
  readonly track: number;
  /** Track counted through all lanes. */
  readonly row: number;
  /** Top edge from the top of the first lane. */
  readonly y: number;
  /** Places in time; both 1 in the zone of open records, both 0 in the zone without a day. */
  readonly start: number;
  readonly end: number;
  /** An open record of its chain follows on the track: it ends square at today. */
  readonly followed: boolean;
  /** Width its words take, where no time says it. */
  readonly words: number;
}

export interface Lane {
  /** Scope, or the length of its chains; null: records without a scope. */
  readonly label: string | number | null;
  readonly y: number;
  readonly height: number;
  /** Its first track, and how many there are. */
  readonly firstRow: number;
  readonly tracks: number;
}

export interface Layout {
  readonly lanes: readonly Lane[];
  /** Every track of every lane: its bars from left to right. */
  readonly rows: readonly (readonly Bar[])[];
  /** How many bars stand before each track. */
  readonly before: readonly number[];
  readonly count: number;
  readonly byPath: ReadonlyMap<string, Bar>;
  readonly height: number;
}

export interface Request {
  readonly strands: readonly Strand[];
  readonly scale: TimeScale;
  readonly grouping: Grouping;
  /** Scopes, most frequent first. */
  readonly scopes: readonly string[];
  /** Pixels of the timeline between the zones. */
  readonly width: number;
}

type Range = readonly [number, number];

export function layOut(request: Request): Layout {
  const lanes: Lane[] = [];
  const rows: Bar[][] = [];
  const byPath = new Map<string, Bar>();
  let y = 0;
  grouped(request).forEach(({ label, strands }, index) => {
    const packed = pack(strands, request);
    const firstRow = rows.length;
    for (const { track, ...rest } of packed) {
      const row = firstRow + track;
      const bar: Bar = { ...rest, lane: index, track, row, y: y + LANE_TOP + track * TRACK };
      while (rows.length <= row) rows.push([]);
      rows[row]?.push(bar);
      byPath.set(rest.item.decision.path, bar);
    }
    const tracks = rows.length - firstRow;
    lanes.push({ label, y, height: (tracks - 1) * TRACK + BAR_HEIGHT + LANE_TOP + LANE_BOTTOM, firstRow, tracks });
    y += tracks * TRACK + LANE_GAP;
  });
  const before: number[] = [];
  let count = 0;
  for (const row of rows) {
    row.sort((a, b) => order(a) - order(b));
    before.push(count);
    count += row.length;
  }
  return { lanes, rows, before, count, byPath, height: y };
}

/** Which of all it is, from 1. */
export function positionOf(layout: Layout, bar: Bar): number {
  return (layout.before[bar.row] ?? 0) + (layout.rows[bar.row]?.indexOf(bar) ?? 0) + 1;
}

/** The tracks of a lane that touch a part of the height. */
export function rowsBetween(layout: Layout, lane: Lane, top: number, bottom: number): readonly (readonly Bar[])[] {
  const first = Math.max(0, Math.floor((top - lane.y - LANE_TOP) / TRACK));
  const last = Math.min(lane.tracks, Math.ceil((bottom - lane.y - LANE_TOP) / TRACK));
  return layout.rows.slice(lane.firstRow + first, lane.firstRow + Math.max(first, last));
}

/** From left to right, the zones included. */
function order(bar: Bar): number {
  return bar.item.kind === "undated" ? -1 : bar.item.kind === "open" ? 2 : bar.start;
}

function grouped({ strands, grouping, scopes }: Request): { label: string | number | null; strands: Strand[] }[] {
  const by = new Map<string | number | null, Strand[]>();
  for (const strand of strands) {
    const key = grouping === "scope" ? strand.scope : strand.members.length;
    const known = by.get(key);
    if (known) known.push(strand);
    else by.set(key, [strand]);
  }
  const rank = new Map(scopes.map((scope, index) => [scope, index]));
  const at = (label: string | number | null) => (label === null ? Infinity : typeof label === "number" ? -label : (rank.get(label) ?? scopes.length));
  return [...by].map(([label, of]) => ({ label, strands: of })).sort((a, b) => at(a.label) - at(b.label));
}

type Packed = Omit<Bar, "lane" | "row" | "y">;

interface Placed {
  readonly packed: Omit<Packed, "track" | "followed" | "strand">;
  readonly range: Range;
}

function pack(strands: readonly Strand[], { scale, width }: Request): Packed[] {
  const placed = strands.map((strand) => {
    const members = strand.members.map((item) => place(item, scale, width));
    return { strand, members, first: Math.min(...members.map(({ range }) => range[0])) };
  });
  placed.sort((a, b) => b.members.length - a.members.length || a.first - b.first || (a.strand.key < b.strand.key ? -1 : 1));
  const tracks: Range[][] = [];
  const packed: Packed[] = [];
  for (const { strand, members } of placed) {
    const rows = rowsOf(members);
    const taken = rows.map((row) => row.map(({ packed: { item }, range: [from, to] }): Range => [from, fades(item, row) ? to + FADE : to]));
    let track = Math.max(0, tracks.length - LOOK_BACK);
    while (taken.some((row, index) => row.some((range) => overlaps(tracks[track + index] ?? [], range, STRANGER_GAP)))) track += 1;
    rows.forEach((row, index) => {
      tracks[track + index] = [...(tracks[track + index] ?? []), ...(taken[index] ?? [])];
      for (const { packed: one } of row) packed.push({ ...one, strand, track: track + index, followed: one.item.decision.in_force && !fades(one.item, row) });
    });
  }
  return packed;
}

/** Does a decision run on past today, or does an open one of its chain stand there? */
function fades(item: Item, row: readonly Placed[]): boolean {
  return item.decision.in_force && !row.some(({ packed }) => packed.item.kind === "open");
}

/** Members of one strand, each on the first row where it does not lie on another. */
function rowsOf(members: readonly Placed[]): Placed[][] {
  const rows: Placed[][] = [];
  for (const member of members) {
    const row = rows.find((one) => !overlaps(one.map(({ range }) => range), member.range, -1));
    if (row) row.push(member);
    else rows.push([member]);
  }
  return rows;
}

function overlaps(taken: readonly Range[], [from, to]: Range, gap: number): boolean {
  return taken.some(([start, end]) => from < end + gap && start < to + gap);
}

function place(item: Item, scale: TimeScale, width: number): Placed {
  const words = wordsWidth(item);
  const placed = (start: number, end: number, range: Range): Placed => ({ packed: { item, start, end, words }, range });
  if (item.kind === "open") return placed(1, 1, [width + 8, width + OPEN_ZONE]);
  if (item.kind === "undated") return placed(0, 0, [-UNDATED_ZONE, -8]);
  if (item.kind === "point") {
    const at = scale.place(item.from ?? scale.first);
    return placed(at, at, pointRange(at * width, words, width));
  }
  const start = item.from === null ? null : scale.place(item.from);
  const end = item.to === null ? (item.decision.in_force ? 1 : null) : scale.place(item.to);
  const known = start ?? end ?? 0;
  return placed(start ?? known, end ?? known, heldRange(start, end, width));
}

/** Pixels of a bar from its places; a missing end gets room for a number. */
function heldRange(start: number | null, end: number | null, width: number): Range {
  const known = (start ?? end ?? 0) * width;
  if (start === null) return [Math.max(0, known - VAGUE), Math.max(known, TICK)];
  if (end === null) return [Math.min(known, width - VAGUE), Math.min(width, known + VAGUE)];
  const left = Math.min(known, width - TICK);
  return [left, Math.max(left + TICK, end * width)];
}

/** A point's words run to the right of its day, near the end to the left. */
export function pointRange(x: number, words: number, width: number): Range {
  return x + words > width ? [x - words, x] : [x, x + words];
}

const GLYPH_AND_NUMBER = 66;
const LETTER = 6.4;
const WIDEST_POINT = 260;

function wordsWidth(item: Item): number {
  return Math.min(WIDEST_POINT, GLYPH_AND_NUMBER + Math.ceil(item.decision.title.length * LETTER));
}
