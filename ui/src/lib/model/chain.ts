// Words and shape of the chain ribbon. Pure.
import { t } from "../i18n/messages";
import { tenure } from "../i18n/dates";
import type { ChainNode } from "../ipc/bindings";

export type ChainPart = { kind: "node"; node: ChainNode } | { kind: "gap"; count: number };

const MAX_NODES = 5;
const TAIL = 3;

/** Line under a number: how long it held, holds, or what it would do. */
export function subLine(node: ChainNode, today: string): string {
  if (node.role === "would-replace") return t.reader.wouldReplace;
  if (node.role === "would-refine") return t.reader.wouldRefine;
  if (node.from === null) return node.status === "accepted" ? t.reader.inForceShort : t.status[node.status ?? "none"];
  const span = tenure(node.from, node.to ?? today);
  if (span === null) return t.status[node.status ?? "none"];
  if (node.to !== null) return t.reader.held(span);
  // It fell, but nobody wrote down when.
  return node.status === "accepted" ? t.reader.holding(span) : t.status[node.status ?? "none"];
}

/** More than five nodes: the first, "n earlier", the last three; the current one is always among them. */
export function shortChain(chain: readonly ChainNode[], current: string, whole: boolean): ChainPart[] {
  const node = (one: ChainNode): ChainPart => ({ kind: "node", node: one });
  const hidden = chain.slice(1, -TAIL);
  if (whole || chain.length <= MAX_NODES || hidden.some((one) => one.path === current)) return chain.map(node);
  return [...chain.slice(0, 1).map(node), { kind: "gap", count: hidden.length }, ...chain.slice(-TAIL).map(node)];
}
