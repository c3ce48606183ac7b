// What can be done in Governance, for its buttons, keys and the palette alike. Registered while the place is shown.
import ExternalLink from "@lucide/svelte/icons/external-link";
import ListFilter from "@lucide/svelte/icons/list-filter";
import RefreshCw from "@lucide/svelte/icons/refresh-cw";
import Stamp from "@lucide/svelte/icons/stamp";

import type { Action } from "../../lib/actions/actions.svelte";
import { copied } from "../../lib/actions/record";
import { t } from "../../lib/i18n/messages";
import { exampleOf } from "../../lib/model/governance";
import { type Governance, TABS } from "../../lib/state/governance.svelte";
import { navigation } from "../../lib/state/navigation.svelte";
import { openInEditor } from "../../lib/state/outside";
import type { Paths } from "../../lib/state/paths.svelte";
import { frame } from "../../lib/state/frame.svelte";
import { workspace } from "../../lib/state/workspace.svelte";

/** What the screen lends to its actions. */
export interface GovernancePort {
  governance: Governance;
  paths: Paths;
  filter(): void;
}

const CONTEXTS = ["governance"] as const;

/** The file that is looked at, with the line in it. */
export function placeOf(governance: Governance, paths: Paths): { path: string; line: number | null } | null {
  const { finding, rule, waiver } = governance;
  if (governance.tab === "paths") return paths.bindings && !paths.bindings.folder ? { path: paths.bindings.path, line: null } : null;
  if (finding) return { path: finding.path, line: finding.line };
  if (rule) return { path: rule.file, line: rule.line };
  return waiver ? { path: waiver.path, line: null } : null;
}

/** The record behind what is looked at. */
export function recordOf(governance: Governance, paths: Paths): string | null {
  const { finding, rule, waiver } = governance;
  if (governance.tab === "paths") return paths.bindings?.decisions[0]?.record ?? null;
  if (finding) return governance.records.get(finding.rule) ?? null;
  if (rule) return rule.record;
  return (waiver ? governance.records.get(waiver.waives[0] ?? "") : null) ?? null;
}

/** Opens a record where it is read. */
export async function readRecord(path: string): Promise<void> {
  if (await navigation.go({ screen: "library", path })) frame.wantReader();
}

/** The rule is wrong and not the code: an example that it must let pass goes to the clipboard, and the rule is opened. */
async function notViolation(governance: Governance): Promise<void> {
  const { finding } = governance;
  const rule = governance.view?.rules.find(({ key }) => key === finding?.rule);
  if (!finding || !rule) return;
  const excerpt = governance.place.of(finding);
  if (excerpt && finding.excerpt !== "") await copied(exampleOf(finding, excerpt), t.governance.exampleCopied);
  if (rule.file === rule.record) await navigation.go({ screen: "editor", path: rule.record, line: rule.line });
  else await openInEditor(rule.file, rule.line);
}

export function governanceActions({ governance, paths, filter }: GovernancePort): Action[] {
  const words = t.governance.commands;
  const action = (id: string, title: () => string, keys: string[], run: () => unknown, more: Partial<Action> = {}): Action => ({
    id: `governance.${id}`, group: "governance", title, keys, contexts: CONTEXTS, run, ...more,
  });
  const place = () => (placeOf(governance, paths) ? null : t.governance.nothingChosen);
  const record = () => {
    const path = recordOf(governance, paths);
    return path !== null && workspace.byPath.has(path) ? null : t.governance.nothingChosen;
  };
  const mayWaive = () => (workspace.past ? t.past.readOnly : governance.tab === "violations" && governance.finding && governance.finding.state !== "waived" ? null : t.governance.noFinding);
  return [
    { ...action("waive", () => words.waive, ["w"], () => (governance.waiving = true), { unavailable: mayWaive }), icon: Stamp },
    { ...action("open", () => words.open, ["o"], () => {
      const at = placeOf(governance, paths);
      if (at) void openInEditor(at.path, at.line);
    }, { unavailable: place }), icon: ExternalLink },
    action("decision", () => words.decision, ["d"], () => {
      const path = recordOf(governance, paths);
      if (path !== null) void readRecord(path);
    }, { unavailable: record }),
    { ...action("check", () => words.check, ["r"], () => governance.checkAgain()), icon: RefreshCw },
    action("changed", () => words.changed, [], () => {
      governance.openTab("paths");
      paths.showChanged(!paths.onlyChanged);
    }, { unavailable: () => (workspace.info?.git ? null : t.governance.noGit) }),
    { ...action("not", () => words.not, [], () => notViolation(governance), { unavailable: () => (workspace.past ? t.past.readOnly : governance.tab === "violations" && governance.finding ? null : t.governance.noFinding) }) },
    action("group", () => words.group, ["u"], () => { governance.nextGrouping(); }),
    action("table", () => (governance.asTable ? words.asChart : words.asTable), ["t"], () => (governance.asTable = !governance.asTable), { unavailable: () => (governance.tab === "violations" && (governance.view?.rules.length ?? 0) > 0 ? null : t.governance.nothingChosen) }),
    { ...action("filter", () => words.filter, ["/"], filter), icon: ListFilter },
    ...TABS.map((tab, at) => action(`tab-${tab}`, () => words.tab(t.governance.tabs[tab]), [String(at + 1)], () => { governance.openTab(tab); }, { hidden: true })),
  ];
}
