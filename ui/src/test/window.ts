// The state of an open repository for tests of screens: a log, a host that answers for it, and a width of the window.
import type { DecisionSummary, RecordView } from "../lib/ipc/bindings";
import { layout } from "../lib/state/layout.svelte";
import { library } from "../lib/state/library.svelte";
import { navigation } from "../lib/state/navigation.svelte";
import { reader } from "../lib/state/reader.svelte";
import { workspace } from "../lib/state/workspace.svelte";
import { listing } from "./fixtures";
import { host } from "./host";

/** A record as the reader gets it. */
export function recordView(summary: DecisionSummary, html: string): RecordView {
  return { summary, html, chain: [], cited_by: [], headings: [], decided: "", lang: null, notice: null, read_only: false, rules: [] } as unknown as RecordView;
}

/** Opens a log whose records have these texts. */
export async function openLog(log: readonly DecisionSummary[], htmlOf: (path: string) => string = () => "", more: Parameters<typeof host>[0] = {}): Promise<ReturnType<typeof host>> {
  const view = (path: string) => {
    const summary = log.find((one) => one.path === path);
    if (!summary) throw { code: "not-found", message: `no ${path}`, hint: null, path, line: null, details: null };
    return recordView(summary, htmlOf(path));
  };
  const calls = host({
    open_workspace: () => ({ root: "/r", name: "r", git: false, logs: [], image_base: "", today: "2026-11-20", stale_after: 30 }),
    decisions: () => listing(log, { logs: [{ path: "docs/adr", records: log.length, found_by: "folder" }] }),
    watch_state: () => ({ watcher: "watching", detail: null, watched: 0, folders: 0, indexed: log.length, pending: 0, paused: false, index_failure: null }),
    read_decision: ({ path }) => view(path),
    ...more,
  });
  navigation.reset();
  await workspace.open("/r", "git");
  library.reset();
  await reader.open(null);
  return calls;
}

/** jsdom lays nothing out: every element counts as drawn. */
export function drawEverything(): void {
  Element.prototype.getClientRects = function () {
    return [new DOMRect(0, 0, 10, 10)] as unknown as DOMRectList;
  };
}

/** The width goes back to that of a whole window afterwards. */
export function width(pixels: number): () => void {
  layout.resized(pixels);
  return () => { layout.resized(1440); };
}
