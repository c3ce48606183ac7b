// Groups and rows of the palette for the current query.
import FolderSearch from "@lucide/svelte/icons/folder-search";
import Link from "@lucide/svelte/icons/link";
import TextCursor from "@lucide/svelte/icons/text-cursor";

import { actions, type Action } from "../../lib/actions/actions.svelte";
import { t } from "../../lib/i18n/messages";
import type { DecisionSummary, Heading, Hit } from "../../lib/ipc/bindings";
import { labelOf } from "../../lib/model/decisions";
import { countNames, type DecisionMatch, matchCommands, matchDecisions, matchNames, type Marks, type Named, parseQuery, type ParsedQuery } from "../../lib/model/palette";
import { isAppLink } from "../../lib/model/app-link";
import type { PaletteMode } from "../../lib/state/palette.svelte";
import { navigation } from "../../lib/state/navigation.svelte";
import { reader } from "../../lib/state/reader.svelte";
import { search } from "../../lib/state/search.svelte";
import { session } from "../../lib/state/session.svelte";
import { selection } from "../../lib/state/selection.svelte";
import { visited } from "../../lib/state/visited.svelte";
import { workspace } from "../../lib/state/workspace.svelte";
import { madeCommands } from "./made";
import { recordCommands } from "./record";

export type PaletteItem =
  | { kind: "decision"; id: string; decision: DecisionSummary; marks: Marks; note: { text: string; marks: Marks } }
  | { kind: "command"; id: string; action: Action; title: string; marks: Marks }
  | { kind: "path"; id: string; named: Named }
  | { kind: "person"; id: string; named: Named }
  | { kind: "heading"; id: string; heading: Heading; path: string; marks: Marks }
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
const MAX_NAMES = 20;
/** Paths and people that a query without a prefix brings along. */
const FEW_NAMES = 3;
const ON_RECORD = 3;
const RECENT = 5;

/** `subject`: the record whose actions are shown, on the second level. */
export function paletteGroups(query: string, mode: PaletteMode, subject: DecisionSummary | null = null): PaletteGroup[] {
  if (subject) return ofRecord(subject, query.trim());
  const parsed = parseQuery(query);
  const commandsOnly = mode === "commands" || parsed.kind === "commands";
  if (isAppLink(query)) return [group("commands", t.palette.groups.commands, [followLink(query.trim())], 1)];
  if (parsed.text === "" && (parsed.kind === "all" || parsed.kind === "number") && !commandsOnly) return emptyQuery(mode);
  if (parsed.kind === "place" && !commandsOnly) return [...line(parsed.text), ...headings(parsed.text)];
  const groups: PaletteGroup[] = [];
  if (!commandsOnly && workspace.phase === "open") {
    const matches = matchDecisions(workspace.decisions, parsed, visited.paths);
    groups.push(group("decisions", t.palette.groups.decisions, matches.slice(0, MAX_DECISIONS).map(({ decision, marks, why }) => ({ kind: "decision", id: `d:${decision.path}`, decision, marks, note: noteOf(why, parsed.text) })), matches.length));
    if (mode === "all") groups.push(...named(parsed, "paths"), ...whatBinds(parsed));
  }
  if (mode !== "decisions" && (commandsOnly || parsed.kind === "all" || parsed.kind === "tags")) groups.push(commands(parsed, commandsOnly));
  if (!commandsOnly && mode === "all" && workspace.phase === "open") groups.push(...named(parsed, "people"));
  return groups.filter((one) => one.items.length > 0);
}

/** Whether the texts of records should be asked: only when no better group answers. */
export function wantsHits(groups: readonly PaletteGroup[], mode: PaletteMode): boolean {
  return mode !== "commands" && !workspace.past && !groups.some((one) => one.id === "decisions" || one.id === "actions");
}

export function withHits(groups: readonly PaletteGroup[], hits: readonly Hit[]): readonly PaletteGroup[] {
  if (hits.length === 0) return groups;
  return [group("body", t.palette.groups.body, hits.map((hit) => ({ kind: "hit", id: `h:${hit.path}`, hit, decision: workspace.byPath.get(hit.path) ?? null })), hits.length), ...groups];
}

/** The record a row is about; null for the others. */
export function subjectOf(item: PaletteItem | null): DecisionSummary | null {
  if (item?.kind === "decision") return item.decision;
  return item?.kind === "hit" ? item.decision : null;
}

function commands(parsed: ParsedQuery, commandsOnly: boolean): PaletteGroup {
  const visible = parsed.kind === "tags" ? [] : actions.all.filter((action) => !action.hidden);
  const matches = matchCommands(visible, (action) => action.title(), parsed.text);
  const items = (commandsOnly ? matches : matches.slice(0, MAX_COMMANDS)).map(({ command, marks }): PaletteItem => ({ kind: "command", id: `c:${command.id}`, action: command, title: command.title(), marks }));
  const made = workspace.phase === "open" ? madeCommands(parsed.text) : [];
  items.push(...made.map(({ action, marks }): PaletteItem => ({ kind: "command", id: `c:${action.id}`, action, title: action.title(), marks })));
  // The index knows today's text only.
  if (!commandsOnly && parsed.kind === "all" && workspace.phase === "open" && !workspace.past) items.push(searchAllText(parsed.text));
  return group("commands", t.palette.groups.commands, items, matches.length + made.length);
}

/** Path patterns that decisions bind, or people that they name. */
function named(parsed: ParsedQuery, which: "paths" | "people"): PaletteGroup[] {
  const asked = parsed.kind === which;
  if (!asked && (parsed.kind !== "all" || parsed.text.length < 2)) return [];
  const counts = countNames(workspace.decisions, which === "paths" ? (decision) => decision.applies_to : (decision) => [...decision.decision_makers, ...decision.consulted, ...decision.informed]);
  const found = matchNames(counts, parsed.text);
  const kind = which === "paths" ? "path" : "person";
  return [group(which, t.palette.groups[which], found.slice(0, asked ? MAX_NAMES : FEW_NAMES).map((one) => ({ kind, id: `${kind}:${one.name}`, named: one })), found.length)];
}

/** The decisions that bind a path that is typed whole; it need not be written in any of them. */
function whatBinds(parsed: ParsedQuery): PaletteGroup[] {
  if (parsed.kind !== "paths" || parsed.text === "" || /\s/.test(parsed.text)) return [];
  const title = t.palette.whatBinds(`/${parsed.text}`);
  return [group("binds", t.palette.groups.commands, [{ kind: "command", id: "c:what-binds", title, marks: [], action: { id: "what-binds", group: "search", icon: FolderSearch, title: () => title, unavailable: () => (workspace.past ? t.past.readOnly : null), run: () => search.start(`path:${parsed.text}`) } }], 1)];
}

/** A line of the record that is open: where it is written, in the editor. */
function line(text: string): PaletteGroup[] {
  const record = selection.current;
  const at = Number(text);
  if (!record || !/^\d+$/.test(text) || at < 1) return [];
  const { path } = record;
  const title = t.palette.line(at, labelOf(record));
  return [group("line", t.palette.groups.headings(labelOf(record)), [{ kind: "command", id: "c:line", title, marks: [], action: { id: "go-line", group: "go", icon: TextCursor, title: () => title, unavailable: () => actions.find("decision.edit")?.unavailable?.() ?? null, run: () => navigation.go({ screen: "editor", path, line: at }) } }], 1)];
}

/** Headings of the record that is open. */
function headings(text: string): PaletteGroup[] {
  const record = selection.current;
  const view = reader.view;
  if (!record || view?.summary.path !== record.path) return [];
  const found = matchCommands(view.headings, (heading) => heading.text, text);
  return [group("headings", t.palette.groups.headings(labelOf(record)), found.map(({ command, marks }) => ({ kind: "heading", id: `:${command.anchor}`, heading: command, path: record.path, marks })), found.length)].filter((one) => one.items.length > 0);
}

/** The second level: what can be done with one record. */
function ofRecord(subject: DecisionSummary, text: string): PaletteGroup[] {
  const found = matchCommands(recordCommands(subject), (action) => action.title(), text);
  return [group("actions", t.palette.groups.actions(labelOf(subject)), found.map(({ command, marks }) => ({ kind: "command", id: `r:${command.id}`, action: command, title: command.title(), marks })), found.length)].filter((one) => one.items.length > 0);
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
  const lead = why.kind === "path" ? "" : `${t.palette[why.kind]} `;
  const at = Math.max(0, why.value.toLowerCase().indexOf(typed.toLowerCase()));
  return { text: lead + why.value, marks: [lead.length + at, lead.length + at + typed.length] };
}

function commandItem(action: Action): PaletteItem {
  return { kind: "command", id: `c:${action.id}`, action, title: action.title(), marks: [] };
}

function followLink(link: string): PaletteItem {
  const title = t.asked.followLink;
  return { kind: "command", id: "c:follow-link", title, marks: [], action: { id: "follow-link", group: "go", icon: Link, title: () => title, run: () => session.followLink(link) } };
}

function searchAllText(text: string): PaletteItem {
  const title = t.actions.searchTextFor(text);
  const known = actions.find("search.text");
  return { kind: "command", id: "c:search-for", title, marks: [], action: { id: "search-for", group: "search", icon: known?.icon, keys: known?.keys, title: () => title, run: () => search.start(text) } };
}

function group(id: string, title: string, items: PaletteItem[], total: number): PaletteGroup {
  return { id, title, items, total };
}
