// Words and shape of the chain ribbon. Pure.
import { t } from "../i18n/messages";
import { tenure } from "../i18n/dates";
import type { ChainNode } from "../ipc/bindings";

/** A place in the chain, with the records that share it. */
export interface ChainPlace {
  readonly node: ChainNode;
  /** Others that replaced the same records at this place. */
  readonly also: readonly ChainNode[];
}

export type ChainPart = ({ kind: "node" } & ChainPlace) | { kind: "gap"; count: number };

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

/** One record that was superseded by two: the two share a place, led by the one that is read. */
export function branches(chain: readonly ChainNode[], current: string, supersedes: (path: string) => readonly string[]): ChainPlace[] {
  const places: ChainPlace[] = [];
  const key = (node: ChainNode): string => (node.role === "decided" ? [...supersedes(node.path)].sort().join("\n") : "");
  for (const node of chain) {
    const last = places.at(-1);
    if (!last || key(node) === "" || key(node) !== key(last.node)) places.push({ node, also: [] });
    else places[places.length - 1] = node.path === current ? { node, also: [last.node, ...last.also] } : { ...last, also: [...last.also, node] };
  }
  return places;
}

/** More than five nodes: the first, "n earlier", the last three; the current one is always among them. */
export function shortChain(chain: readonly ChainPlace[], current: string, whole: boolean): ChainPart[] {
  const node = (one: ChainPlace): ChainPart => ({ kind: "node", ...one });
  const hidden = chain.slice(1, -TAIL);
  if (whole || chain.length <= MAX_NODES || hidden.some((one) => one.node.path === current)) return chain.map(node);
  return [...chain.slice(0, 1).map(node), { kind: "gap", count: hidden.length }, ...chain.slice(-TAIL).map(node)];
}
