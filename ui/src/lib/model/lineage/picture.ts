// The screen as a picture of its own: shapes that an SVG or a canvas draws, with colours written out. Everything that is
// shown at this zoom, also what one would have to scroll to. Pure: the width of a text is asked of the caller.
import { t } from "../../i18n/messages";
import { labelOf, shownStatus } from "../decisions";
import { type Box, boxOf, lineBetween, lookOf } from "./draw";
import { glyph } from "./glyphs";
import { BAR_HEIGHT, FADE, type Layout } from "./layout";
import type { View } from "./scale";

/** Names of tokens (`c-text`) to colours. */
export type Palette = (token: string) => string;

export interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly dash?: readonly number[];
}

export type Shape =
  | { kind: "rect"; x: number; y: number; width: number; height: number; radius: number; fill?: string; fade?: "left" | "right"; stroke?: Stroke }
  | { kind: "path"; x: number; y: number; scale: number; d: string; fill?: string; stroke?: Stroke }
  | { kind: "text"; x: number; y: number; text: string; size: number; weight: number; mono: boolean; fill: string; strike?: string };

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly background: string;
  readonly shapes: readonly Shape[];
}

export interface Scene {
  readonly layout: Layout;
  readonly view: View;
  /** Pixels left of the timeline, of the timeline, and right of it. */
  readonly left: number;
  readonly plot: number;
  readonly right: number;
  readonly marks: readonly { year: number; x: number; room: number }[];
  readonly asOf: number | null;
  readonly asOfX: number | null;
  /** Words over the line of today, or of the day that is asked for. */
  readonly dayName: string;
  readonly title: string;
  readonly laneName: (label: string | number | null) => string;
  readonly colour: Palette;
  /** Width of a text in the size and weight of a bar. */
  readonly measure: (text: string, weight: number) => number;
}

const HEAD = 40;
const AXIS = 39;
const FOOT = 14;
/** Width of a sign of the mono face at 12 px. */
const DIGIT = 7.2;
const MEDIUM = 500;
const REGULAR = 400;
const LINE: Record<"link" | "chain", readonly number[] | undefined> = { link: [1.5, 3], chain: undefined };

export function pictureOf(scene: Scene): Picture {
  const { layout, left, plot, right, colour } = scene;
  const width = left + plot + right;
  const height = HEAD + AXIS + layout.height + FOOT;
  return { width, height, background: colour("c-bg-page"), shapes: [...backdrop(scene, width, height), ...header(scene, width), ...lanes(scene, width)] };
}

function backdrop({ left, plot, right, marks, asOf, asOfX, dayName, colour, view }: Scene, width: number, height: number): Shape[] {
  const vertical = (x: number, stroke: Stroke, top = HEAD): Shape => ({ kind: "path", x: left + x, y: top, scale: 1, d: `M0 0V${String(height - top)}`, stroke });
  const line = { colour: colour("c-line"), width: 1 };
  const shapes: Shape[] = [{ kind: "rect", x: left + plot, y: HEAD, width: right, height: height - HEAD, radius: 0, fill: colour("c-bg-pane") }, vertical(0, line)];
  for (const { year, x, room } of marks) {
    if (x > 0) shapes.push(vertical(x, line));
    if (room >= 34) shapes.push(text(left + Math.max(0, x) + 6, HEAD + 24, String(year), colour("c-text-3"), { size: 11 }));
  }
  shapes.push({ kind: "path", x: 0, y: HEAD, scale: 1, d: `M0 0H${String(width)}`, stroke: line });
  const at = asOf === null ? (view.end >= 1 ? plot : null) : asOfX;
  if (at !== null) shapes.push(vertical(at, { colour: colour("c-accent"), width: 1.5 }), text(left + at + 6, HEAD + 24, dayName, colour("c-text"), { size: 11, weight: MEDIUM }));
  return shapes;
}

function header({ title, colour, measure }: Scene, width: number): Shape[] {
  const shapes: Shape[] = [text(14, 25, title, colour("c-text"), { size: 13, weight: 600 })];
  let x = width - 14;
  for (const status of ["superseded", "deprecated", "rejected", "accepted", "proposed", "draft"] as const) {
    x -= measure(t.status[status], REGULAR);
    if (x < measure(title, 600) + 60) break;
    shapes.push(text(x, 25, t.status[status], colour("c-text-2")), ...glyph(status, x - 18, 14, colour, colour("c-bg-page")));
    x -= 32;
  }
  return shapes;
}

function lanes(scene: Scene, width: number): Shape[] {
  const { layout, left, plot, view, colour, laneName } = scene;
  const top = HEAD + AXIS;
  const boxes = new Map<string, Box>();
  for (const bar of layout.rows.flat()) {
    const box = boxOf(bar, view, plot);
    if (box) boxes.set(bar.item.decision.path, box);
  }
  const shapes: Shape[] = [];
  for (const lane of layout.lanes) {
    shapes.push(text(14, top + lane.y + 25, cut(laneName(lane.label), 76, (words) => scene.measure(words, MEDIUM)), colour("c-text-2"), { weight: MEDIUM }));
    shapes.push({ kind: "path", x: 0, y: top + lane.y + lane.height, scale: 1, d: `M0 0H${String(width)}`, stroke: { colour: colour("c-line"), width: 1 } });
  }
  for (const box of boxes.values()) {
    shapes.push(...barShapes(box, scene, left + box.x, top + box.bar.y));
    for (const old of box.bar.item.decision.supersedes) {
      const from = boxes.get(old);
      if (from && from.bar.y !== box.bar.y) shapes.push({ kind: "path", x: left, y: top, scale: 1, d: lineBetween(from, box), stroke: { colour: colour("c-line-control"), width: 1.5, dash: LINE.chain } });
    }
  }
  return shapes;
}

/** Fill, words and edge of each look. */
function styleOf(box: Box, { colour, asOf }: Scene): { fill?: string; words: string; number: string; stroke?: Stroke } {
  const quiet = { words: colour("c-text-3"), number: colour("c-text-3") };
  switch (lookOf(box.bar, asOf)) {
    case "held": return { fill: colour("c-accepted-bg"), words: colour("c-text"), number: colour("c-accepted-fg") };
    case "past":
    case "deprecated": return { fill: colour("c-bg-hover"), ...quiet };
    case "open": return { words: colour("c-text"), number: colour("c-text"), stroke: { colour: colour("c-proposed-mark"), width: 1.5, dash: [4, 3] } };
    case "draft": return { words: colour("c-text"), number: colour("c-text"), stroke: { colour: colour("c-draft-mark"), width: 1.5, dash: [4, 3] } };
    case "off": return { ...quiet, stroke: { colour: colour("c-line-strong"), width: 1 } };
    case "unknown": return { ...quiet, stroke: { colour: colour("c-line-control"), width: 1, dash: [1, 2] } };
    case "rejected": return quiet;
  }
}

function barShapes(box: Box, scene: Scene, x: number, y: number): Shape[] {
  const { colour, asOf } = scene;
  const { decision } = box.bar.item;
  const style = styleOf(box, scene);
  const fade = Math.min(FADE, box.width / 2);
  const solid = { x: box.fadesIn ? x + fade : x, width: box.width - (box.fadesIn || box.fadesOut || box.holds ? fade : 0) };
  const shapes: Shape[] = [];
  const body = { y, height: BAR_HEIGHT } as const;
  if (style.fill) {
    shapes.push({ kind: "rect", ...body, ...solid, radius: 0, fill: style.fill });
    if (box.fadesIn) shapes.push({ kind: "rect", ...body, x, width: fade, radius: 0, fill: style.fill, fade: "left" });
    else if (solid.width < box.width) shapes.push({ kind: "rect", ...body, x: x + solid.width, width: fade, radius: 0, fill: style.fill, fade: "right" });
  } else if (style.stroke) shapes.push({ kind: "rect", ...body, x: x + 0.75, y: y + 0.75, width: box.width - 1.5, height: BAR_HEIGHT - 1.5, radius: 5, stroke: style.stroke });
  const look = lookOf(box.bar, asOf);
  if (look === "deprecated") shapes.push({ kind: "rect", ...body, x: x + box.width - 3, width: 3, radius: 0, fill: colour("c-deprecated-mark") });
  if (box.room === "tick") return shapes;
  if (box.room === "number") return [...shapes, text(x + 5, y + 17, cut(labelOf(decision), box.width - 8, (words) => words.length * DIGIT), style.number, { weight: MEDIUM, mono: true })];
  const status = asOf === null ? shownStatus(decision) : look === "held" ? "accepted" : shownStatus(decision);
  const label = labelOf(decision);
  const start = x + 26 + label.length * DIGIT + 6;
  const title = cut(decision.title, x + box.width - 8 - start, (words) => scene.measure(words, REGULAR));
  return [
    ...shapes,
    ...glyph(status ?? "other", x + 7, y + 6.5, colour, style.fill ?? colour("c-bg-page")),
    text(x + 26, y + 17, label, style.number, { weight: MEDIUM, mono: true }),
    ...(title === "" || box.room === "mark" ? [] : [text(start, y + 17, title, style.words, look === "rejected" ? { strike: colour("c-rejected-mark") } : {})]),
  ];
}

function text(x: number, y: number, words: string, fill: string, more: Partial<{ size: number; weight: number; mono: boolean; strike: string }> = {}): Shape {
  return { kind: "text", x, y, text: words, size: 12, weight: REGULAR, mono: false, fill, ...more };
}

/** As much of a text as there is room for. */
export function cut(words: string, room: number, measure: (words: string) => number): string {
  if (measure(words) <= room) return words;
  let [fits, over] = [0, words.length];
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (measure(`${words.slice(0, middle)}…`) <= room) fits = middle;
    else over = middle;
  }
  return fits === 0 ? "" : `${words.slice(0, fits).trimEnd()}…`;
}
