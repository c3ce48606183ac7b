// Groups and rows of the palette for the current query.
import { actions, type Action } from "../../lib/actions/actions.svelte";
import { t } from "../../lib/i18n/messages";
import type { DecisionSummary, Hit } from "../../lib/ipc/bindings";
import { labelOf } from "../../lib/model/decisions";
import { type DecisionMatch, matchCommands, matchDecisions, type Marks, parseQuery } from "../../lib/model/palette";
import type { PaletteMode } from "../../lib/state/palette.svelte";
import { search } from "../../lib/state/search.svelte";
import { selection } from "../../lib/state/selection.svelte";
import { visited } from "../../lib/state/visited.svelte";
import { workspace } from "../../lib/state/workspace.svelte";

export type PaletteItem =
  | { kind: "decision"; id: string; decision: DecisionSummary; marks: Marks; note: { text: string; marks: Marks } }
  | { kind: "command"; id: string; action: Action; title: string; marks: Marks }
  | { kind: "hit"; id: string; hit: Hit; decision: DecisionSummary | null };

export interface PaletteGroup {
  id: string;
  title: string;
  items: PaletteItem[];
  /** All matches, also those not listed. */
  total: number;
}

const MAX_DECISIONS = 30;
const MAX_COMMANDS = 30;
const ON_RECORD = 3;
const RECENT = 5;

export function paletteGroups(query: string, mode: PaletteMode): PaletteGroup[] {
  const parsed = parseQuery(query);
  const commandsOnly = mode === "commands" || parsed.kind === "commands";
  const visible = actions.all.filter((action) => !action.hidden);
  if (parsed.text === "" && !commandsOnly) return emptyQuery(mode);
  const groups: PaletteGroup[] = [];
  if (!commandsOnly && workspace.phase === "open") {
    const matches = matchDecisions(workspace.decisions, parsed, visited.paths);
    groups.push(group("decisions", t.palette.groups.decisions, matches.slice(0, MAX_DECISIONS).map(({ decision, marks, why }) => ({ kind: "decision", id: `d:${decision.path}`, decision, marks, note: noteOf(why, parsed.text) })), matches.length));
  }
  if (mode !== "decisions" && parsed.kind !== "number" && parsed.kind !== "tags") {
    const matches = matchCommands(visible, (action) => action.title(), parsed.text);
    const items = matches.slice(0, MAX_COMMANDS).map(({ command, marks }): PaletteItem => ({ kind: "command", id: `c:${command.id}`, action: command, title: command.title(), marks }));
    // The index knows today's text only.
    if (!commandsOnly && workspace.phase === "open" && !workspace.past) items.push(searchAllText(parsed.text));
    groups.push(group("commands", t.palette.groups.commands, items, matches.length));
  }
  return groups.filter((one) => one.items.length > 0);
}

/** Whether the texts of records should be asked: only when no better group answers. */
export function wantsHits(groups: readonly PaletteGroup[], mode: PaletteMode): boolean {
  return mode !== "commands" && !workspace.past && !groups.some((one) => one.id === "decisions");
}

export function withHits(groups: readonly PaletteGroup[], hits: readonly Hit[]): readonly PaletteGroup[] {
  if (hits.length === 0) return groups;
  return [group("body", t.palette.groups.body, hits.map((hit) => ({ kind: "hit", id: `h:${hit.path}`, hit, decision: workspace.byPath.get(hit.path) ?? null })), hits.length), ...groups];
}

function emptyQuery(mode: PaletteMode): PaletteGroup[] {
  const record = selection.current;
  const groups: PaletteGroup[] = [];
  if (record && mode === "all") {
    const own = actions.all.filter((action) => ["decision.edit", "decision.supersede", "decision.copy-link"].includes(action.id) && !action.unavailable?.());
    groups.push(group("record", t.palette.groups.record(labelOf(record)), own.slice(0, ON_RECORD).map(commandItem), own.length));
  }
  const recent = visited.paths.filter((path) => path !== record?.path).flatMap((path) => workspace.byPath.get(path) ?? []);
  const shown = mode === "decisions" && recent.length < RECENT ? [...new Set([...recent, ...workspace.decisions])] : recent;
  groups.push(group("recent", recent.length > 0 ? t.palette.groups.recent : t.palette.groups.decisions, shown.slice(0, mode === "decisions" ? MAX_DECISIONS : RECENT).map((decision) => ({ kind: "decision", id: `d:${decision.path}`, decision, marks: [], note: noteOf(null, "") })), shown.length));
  if (mode === "all") {
    const pinned = actions.all.filter((action) => ["decision.new", "search.text", "go.library", "go.changes", "repo.open"].includes(action.id));
    groups.push(group("commands", t.palette.groups.commands, pinned.map(commandItem), pinned.length));
  }
  return groups.filter((one) => one.items.length > 0);
}

/** Why a decision matched that has the text not in its title, with the letters that did. */
function noteOf(why: DecisionMatch["why"], typed: string): { text: string; marks: Marks } {
  if (!why) return { text: "", marks: [] };
  const lead = `${t.palette[why.kind]} `;
  return { text: lead + why.value, marks: [lead.length, lead.length + typed.length] };
}

function commandItem(action: Action): PaletteItem {
  return { kind: "command", id: `c:${action.id}`, action, title: action.title(), marks: [] };
}

function searchAllText(text: string): PaletteItem {
  const title = t.actions.searchTextFor(text);
  const known = actions.find("search.text");
  return { kind: "command", id: "c:search-for", title, marks: [], action: { id: "search-for", group: "search", icon: known?.icon, keys: known?.keys, title: () => title, run: () => search.start(text) } };
}

function group(id: string, title: string, items: PaletteItem[], total: number): PaletteGroup {
  return { id, title, items, total };
}
