// Where the arrow keys lead: along a chain, between tracks. Pure.
import type { Bar, Layout } from "./layout";

/** Middle of a bar on the axis of places; the zones lie just outside 0 to 1. */
function middle(bar: Bar): number {
  if (bar.item.kind === "open") return 1.1;
  if (bar.item.kind === "undated") return -0.1;
  return (bar.start + bar.end) / 2;
}

/** The one before or after in the chain; where the chain ends, the neighbour on the track. */
export function alongChain(layout: Layout, path: string, by: -1 | 1): Bar | null {
  const bar = layout.byPath.get(path);
  if (!bar) return null;
  const { members } = bar.strand;
  const next = members[members.findIndex(({ decision }) => decision.path === path) + by];
  if (next) return layout.byPath.get(next.decision.path) ?? null;
  const row = layout.rows[bar.row] ?? [];
  return row[row.indexOf(bar) + by] ?? null;
}

/** The bar of the track above or below (in the next lane, too) that lies nearest to the place one comes from. */
export function acrossTracks(layout: Layout, path: string, by: number): Bar | null {
  const bar = layout.byPath.get(path);
  if (!bar) return layout.rows[0]?.[0] ?? null;
  const row = Math.max(0, Math.min(layout.rows.length - 1, bar.row + by));
  return row === bar.row ? null : nearest(layout.rows[row] ?? [], bar);
}

/** First or last of the chain. */
export function endOfChain(layout: Layout, path: string, end: -1 | 1): Bar | null {
  const members = layout.byPath.get(path)?.strand.members ?? [];
  const item = end < 0 ? members[0] : members.at(-1);
  return item ? (layout.byPath.get(item.decision.path) ?? null) : null;
}

function nearest(bars: readonly Bar[], to: Bar): Bar | null {
  const distance = (one: Bar) => Math.max(0, Math.max(one.start, to.start) - Math.min(one.end, to.end)) + Math.abs(middle(one) - middle(to)) / 1_000;
  return bars.reduce<Bar | null>((best, one) => (best && distance(best) <= distance(one) ? best : one), null);
}
