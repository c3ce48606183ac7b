// What gives a record away: its address on the forge, its text, the index page, print and export.
import Bug from "@lucide/svelte/icons/bug";
import ExternalLink from "@lucide/svelte/icons/external-link";
import FileCode from "@lucide/svelte/icons/file-code";
import FileDown from "@lucide/svelte/icons/file-down";
import Globe from "@lucide/svelte/icons/globe";
import Info from "@lucide/svelte/icons/info";
import ListOrdered from "@lucide/svelte/icons/list-ordered";
import Printer from "@lucide/svelte/icons/printer";
import Table from "@lucide/svelte/icons/table-2";

import { copyText } from "../clipboard";
import { t } from "../i18n/messages";
import { call, HostError } from "../ipc/client";
import { labelOf } from "../model/decisions";
import { app } from "../state/app.svelte";
import { navigation } from "../state/navigation.svelte";
import { reader } from "../state/reader.svelte";
import { selection } from "../state/selection.svelte";
import { sharing } from "../state/sharing.svelte";
import { toasts } from "../state/toasts.svelte";
import { troubles } from "../state/troubles.svelte";
import { workspace } from "../state/workspace.svelte";
import type { Action } from "./actions.svelte";

const CONTEXTS = ["list", "reader", "lineage"] as const;
const SHORT_COMMIT = 8;

const nothing = () => (selection.current ? null : t.actions.noRecord);
const label = () => (selection.current ? t.common.adr(labelOf(selection.current)) : t.actions.thisRecord);
const needsLog = () => (workspace.phase !== "open" ? t.actions.noRepository : workspace.past ? t.past.readOnly : workspace.logs.length === 0 ? t.output.nothingToExport : null);
/** Why the record has no address on the web; its own words come from the back end. */
const addressless = () => {
  if (!selection.current) return t.actions.noRecord;
  if (workspace.past) return t.past.readOnly;
  if (!workspace.info?.git) return t.actions.noGit;
  return sharing.linkOf(selection.path) ? null : (sharing.reasonOf(selection.path) ?? t.output.permalinkUnknown);
};
const forge = () => sharing.linkOf(selection.path)?.forge ?? null;

/** Runs what asks the back end; what fails is said in its words. */
async function told(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (thrown) {
    const error = thrown instanceof HostError ? thrown : null;
    troubles.tell(t.output.copyFailed(error?.message ?? String(thrown), error?.hint ?? null));
  }
}

function refused(): void {
  troubles.tell(t.output.clipboardRefused);
}

async function copyPermalink(): Promise<void> {
  const path = selection.path;
  if (path === null) return;
  const name = label();
  // At the heading that the record was opened at, if there was one.
  const anchor = navigation.place.path === path ? (navigation.place.anchor ?? null) : null;
  const known = anchor === null ? sharing.linkOf(path) : null;
  const asked = known ? Promise.resolve(known) : sharing.at(path, anchor);
  if (!(await copyText(known?.url ?? asked.then((link) => link.url)))) return refused();
  toasts.show(t.output.permalinkCopied(name, (await asked).commit.slice(0, SHORT_COMMIT)));
}

async function copyMarkdown(): Promise<void> {
  const path = selection.path;
  if (path === null) return;
  const name = label();
  if (!(await copyText(call("record_markdown", { path })))) return refused();
  toasts.show(t.output.markdownCopied(name));
}

/** Shows what a report may need; sending it is the person's own doing. */
async function report(): Promise<void> {
  await app.reveal(app.info?.logs ?? "");
  toasts.show(t.output.reported, { tone: "info" });
}

export function outputActions(): Action[] {
  const x = t.output;
  const past = () => (workspace.past ? t.past.readOnly : null);
  const exportable = () => needsLog() ?? (workspace.decisions.length > 0 ? null : x.nothingToExport);
  const printable = () => exportable() ?? (app.info?.pdf === false ? x.noPdf : null);
  const exportAs = (format: "pdf" | "html") => navigation.openDialog({ name: "export", format });
  return [
    { id: "decision.copy-markdown", group: "decision", icon: FileCode, title: () => x.copyMarkdown, unavailable: () => nothing() ?? past(), run: () => told(copyMarkdown) },
    { id: "decision.copy-permalink", group: "decision", icon: Globe, title: () => (forge() === null ? x.copyPermalink : x.copyPermalinkOn(forge() ?? "")), contexts: CONTEXTS, unavailable: addressless, run: () => told(copyPermalink) },
    { id: "decision.open-on-forge", group: "decision", icon: ExternalLink, title: () => x.openOnForge(forge()), unavailable: addressless, run: () => app.openExternal(sharing.linkOf(selection.path)?.url ?? "") },
    { id: "export.print", group: "app", icon: Printer, keys: ["mod+alt+p"], title: () => x.print, unavailable: printable, run: () => exportAs("pdf") },
    { id: "export.pdf", group: "decision", icon: FileDown, title: () => x.exportPdf, unavailable: printable, run: () => exportAs("pdf") },
    { id: "export.html", group: "decision", icon: FileDown, title: () => x.exportHtml, unavailable: exportable, run: () => exportAs("html") },
    { id: "app.about", group: "app", icon: Info, title: () => x.aboutApp, run: () => navigation.openDialog({ name: "about" }) },
    { id: "app.report", group: "app", icon: Bug, title: () => x.report, unavailable: () => (app.info ? null : t.common.unexpected), run: () => told(report) },
    { id: "index.open", group: "go", icon: ListOrdered, title: () => x.openIndex, unavailable: needsLog, run: () => navigation.openDialog({ name: "index-page" }) },
    { id: "index.write", group: "decision", icon: Table, title: () => x.writeIndex, unavailable: needsLog, run: () => navigation.openDialog({ name: "index" }) },
  ];
}

/** Keeps the address of the current record at hand; run in an effect. */
export function followAddress(): void {
  const path = selection.current && workspace.info?.git && !workspace.past ? selection.path : null;
  // A commit, a push and a fetch change what the forge has.
  void reader.view?.generation;
  sharing.want(path);
}
