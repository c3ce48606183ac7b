// The status shapes (shared/StatusGlyph) for a picture that stands alone. Pure.
import type { StatusWord } from "../../ipc/bindings";
import type { Palette, Shape } from "./picture";

const SIZE = 13 / 14;
const ring = (r: number) => `M${String(7 - r)} 7a${String(r)} ${String(r)} 0 1 0 ${String(2 * r)} 0a${String(r)} ${String(r)} 0 1 0 ${String(-2 * r)} 0z`;
const INNER: Partial<Record<StatusWord, string>> = {
  rejected: "M5 5l4 4M9 5l-4 4",
  deprecated: "M4.6 7h4.8",
  superseded: "M4.4 7h5M7.3 4.9L9.4 7 7.3 9.1",
};

export function glyph(status: StatusWord, x: number, y: number, colour: Palette, surface: string): Shape[] {
  const mark = colour(status === "other" ? "c-draft-mark" : `c-${status}-mark`);
  const stroke = { colour: mark, width: 1.5 };
  const path = (d: string, more: { fill?: string; stroke?: { colour: string; width: number; dash?: readonly number[] } }): Shape => ({ kind: "path", x, y, scale: SIZE, d, ...more });
  if (status === "accepted") return [path(ring(6.2), { fill: mark }), path("M4.4 7.2l1.8 1.8 3.5-3.8", { stroke: { colour: surface, width: 1.7 } })];
  if (status === "draft") return [path(ring(5.4), { stroke: { ...stroke, dash: [2.2, 1.9] } })];
  const shapes = [path(ring(5.4), { stroke })];
  if (status === "proposed") shapes.push(path("M7 3.6a3.4 3.4 0 0 1 0 6.8z", { fill: mark }));
  const inner = INNER[status];
  if (inner) shapes.push(path(inner, { stroke }));
  return shapes;
}
