// Generated from crates/core/src/wire.rs by its test; do not edit.
// Renew: UPDATE_BINDINGS=1 cargo test -p precedent-core bindings

export type StatusWord = "draft" | "proposed" | "accepted" | "rejected" | "deprecated" | "superseded" | "other";

export type Relation = { 
/**
 * Path of the other record.
 */
path: string, 
/**
 * `relates-to`, `depends-on` or the record's own word (`refines`, `clarifies`).
 */
as: string, };

export type DecisionSummary = { id: string, number: number | null, 
/**
 * The number as its file name writes it: `0012`.
 */
label: string | null, 
/**
 * Folder of the log.
 */
log: string, path: string, 
/**
 * Never empty: the file name stands in where the record has no title.
 */
title: string, status: StatusWord | null, status_raw: string | null, date: string | null, proposed: string | null, accepted: string | null, review_by: string | null, decision_makers: Array<string>, consulted: Array<string>, informed: Array<string>, tags: Array<string>, 
/**
 * `scope:` of the record, else its package or category folder; `null` when there is neither.
 */
scope: string | null, applies_to: Array<string>, supersedes: Array<string>, superseded_by: Array<string>, amends: Array<string>, amended_by: Array<string>, relates_to: Array<Relation>, cites: Array<string>, stated_supersedes: Array<string>, stated_superseded_by: Array<string>, stated_amends: Array<string>, stated_amended_by: Array<string>, in_force: boolean, 
/**
 * First day in force; `null` when it never was or is not known.
 */
held_from: string | null, 
/**
 * Day it fell; `null` while it holds or when that is not known.
 */
held_to: string | null, reason_superseded: string | null, problems: Array<ProblemItem>, dialect: string, rules: Array<RuleItem>, };

export type SeverityWord = "error" | "warning" | "note";

export type ProblemItem = { code: string, severity: SeverityWord, path: string, line: number, column: number, message: string, hint: string | null, 
/**
 * The command line that does what the hint says; the window has its own ways.
 */
command?: string, fix?: FixItem, 
/**
 * What an ambiguous reference may mean, a fix for each; only where a text is at hand.
 */
choices?: Array<FixItem>, 
/**
 * Bytes of the place, where a text is at hand: of the buffer in `preview`, of the file in `read_decision` and `lint`.
 */
span?: [number, number], };

export type FixItem = { title: string, edits: Array<TextEditItem>, };

export type TextEditItem = { path: string, start: number, end: number, text: string, };

export type LogInfo = { 
/**
 * Folder, `docs/decisions`; empty for the repository's root.
 */
path: string, records: number, 
/**
 * What made it a log: `precedent.toml`, `.adr-dir`, `.log4brains.yml`, `folder`, ...
 */
found_by: string, };

export type Snapshot = { generation: number, logs: Array<LogInfo>, decisions: Array<DecisionSummary>, 
/**
 * Problems that belong to no listed record (unreadable files, a bad `precedent.toml`).
 */
problems: Array<ProblemItem>, };

export type LogChange = { generation: number, 
/**
 * Added or changed, whole.
 */
changed: Array<DecisionSummary>, 
/**
 * Paths that are gone.
 */
removed: Array<string>, logs: Array<LogInfo>, problems: Array<ProblemItem>, };

export type Listing = { generation: number, 
/**
 * Number of parts, this one included; `decisions_part` gives the others.
 */
parts: number, logs: Array<LogInfo>, 
/**
 * Problems that belong to no listed record.
 */
problems: Array<ProblemItem>, decisions: Array<ListedDecision>, };

export type ListedRelation = { 
/**
 * Place of the other record in the list, 0-based.
 */
to: number, as: string, };

export type ListedDecision = { id: string, number?: number, label?: string, log: string, path: string, title: string, status?: StatusWord, status_raw?: string, date?: string, proposed?: string, accepted?: string, review_by?: string, decision_makers?: Array<string>, consulted?: Array<string>, informed?: Array<string>, tags?: Array<string>, scope?: string, applies_to?: Array<string>, supersedes?: Array<number>, superseded_by?: Array<number>, amends?: Array<number>, amended_by?: Array<number>, relates_to?: Array<ListedRelation>, cites?: Array<number>, stated_supersedes?: Array<number>, stated_superseded_by?: Array<number>, stated_amends?: Array<number>, stated_amended_by?: Array<number>, in_force: boolean, held_from?: string, held_to?: string, reason_superseded?: string, problems?: Array<ProblemItem>, dialect: string, rules?: Array<RuleItem>, };

export type RuleItem = { 
/**
 * `<record id>/<rule id>`.
 */
key: string, 
/**
 * As written: `forbid-text`.
 */
kind: string, severity: SeverityWord, message: string, 
/**
 * Path globs as written; empty: what the record applies to.
 */
paths: Array<string>, 
/**
 * Path of the record.
 */
record: string, };

export type VerdictWord = "pass" | "violations" | "error" | "indeterminate";

export type FindingState = "introduced" | "waiver-proposed" | "existing" | "baselined" | "waived";

export type CheckedInput = { 
/**
 * `worktree`, `staged`, `range`, `patch` or `content`.
 */
kind: string, 
/**
 * The commit whose rules govern; `null` for the worktree's own.
 */
base: string | null, 
/**
 * The commit that was checked; `null` where it is none.
 */
head: string | null, };

export type FindingDecision = { id: string, title: string, status: StatusWord | null, 
/**
 * The file that holds the rule, and its line there.
 */
path: string, line: number, };

export type FindingWaiver = { path: string, owner: string, 
/**
 * Last day.
 */
expires: string, 
/**
 * Its last day is over.
 */
expired: boolean, };

export type FindingItem = { 
/**
 * `<record id>/<rule id>`.
 */
rule: string, kind: string, severity: SeverityWord, path: string, 
/**
 * Lines and columns (in characters) from 1; the end is behind the last character.
 */
line: number, column: number, end_line: number, end_column: number, 
/**
 * The line, shortened.
 */
excerpt: string, 
/**
 * Of the matched text and which occurrence of it in the file this is, not of its line: `5d1c2a…:1`.
 */
fingerprint: string, state: FindingState, message: string, 
/**
 * What was found, where the message cannot say it.
 */
note: string | null, remedy: string | null, decision: FindingDecision, waiver: FindingWaiver | null, 
/**
 * How the decision itself may be changed: command lines.
 */
propose: string, waive: string, };

export type UndecidedItem = { path: string, line: number, column: number, rule: string | null, message: string, };

export type CheckFault = { path: string, line: number, column: number, 
/**
 * `example-failed`, `contradiction`, `no-invalid-example`, `bad-waiver`, `unused-waiver`, `expired-waiver`, `bad-baseline`, `bad-severity`, `orphan-rules`, `no-status`, `no-rules`.
 */
code: string, severity: SeverityWord, rule: string | null, message: string, };

export type GovernanceChange = { path: string, line: number, 
/**
 * `rule-added`, `rule-removed`, `rule-changed`, `status-changed`, `record-removed`, `waiver-added`, `waiver-removed`, `waiver-changed`, `baseline-grew`, `baseline-shrank`, `settings-changed`, `attributes-changed`, `left-scope`, `hidden`, `superseded`, `file-removed`, `repaired`.
 */
kind: string, rule: string | null, message: string, };

export type RulePreview = { rule: string, 
/**
 * Path of the record.
 */
record: string, 
/**
 * `proposed`: its record is not decided. `new`: the change brings or changes it.
 */
why: string, would_find: number, };

export type SkippedFiles = { binary: number, too_large: number, generated: number, symlink: number, submodule: number, };

export type SkippedFile = { path: string, 
/**
 * `it is binary`.
 */
why: string, };

export type CheckCounts = { 
/**
 * Files that were read.
 */
files: number, rules: number, 
/**
 * Findings by state.
 */
introduced: number, waiver_proposed: number, existing: number, baselined: number, waived: number, 
/**
 * Findings that make the verdict `violations`.
 */
failing: number, };

export type RuleTest = { rule: string, kind: string, 
/**
 * The file that holds it, and its line there.
 */
path: string, line: number, 
/**
 * How many examples it has that it must let pass, and that it must find.
 */
valid: number, invalid: number, 
/**
 * Examples that do not hold.
 */
failed: number, };

export type RuleTests = { rules: Array<RuleTest>, faults: Array<CheckFault>, 
/**
 * Rules that could not be read.
 */
undecided: Array<UndecidedItem>, };

export type GoverningRule = { key: string, kind: string, severity: SeverityWord, message: string, 
/**
 * The file that holds it, and its line there.
 */
path: string, line: number, };

export type GoverningDecision = { id: string, title: string, status: StatusWord | null, path: string, 
/**
 * `in-force`, `rejected` or `proposed`.
 */
standing: string, 
/**
 * It applies to the place, by these globs; empty: by its rules alone.
 */
applies_to: Array<string>, rules: Array<GoverningRule>, };

export type Why = { path: string, line: number | null, decisions: Array<GoverningDecision>, 
/**
 * What rules find there.
 */
findings: Array<FindingItem>, };

export type Verdict = { schema: string, verdict: VerdictWord, 
/**
 * Version of the program.
 */
engine: string, 
/**
 * The day that waivers were judged by.
 */
as_of: string, input: CheckedInput, counts: CheckCounts, findings: Array<FindingItem>, undecided: Array<UndecidedItem>, faults: Array<CheckFault>, governance_changes: Array<GovernanceChange>, previews: Array<RulePreview>, 
/**
 * Rules that govern no file.
 */
vacuous: Array<string>, skipped: SkippedFiles, 
/**
 * Of a change, each governed file that was not read; of a whole tree they are counted only.
 */
skipped_files: Array<SkippedFile>, 
/**
 * What a reader should know of a pass that says little: no decision carries a rule yet.
 */
notes: Array<string>, };

export type DebtCount = { 
/**
 * Rules that bind.
 */
rules: number, 
/**
 * Neither waived nor in the baseline.
 */
open: number, 
/**
 * Those of `open` whose rule is an error.
 */
errors: number, waived: number, baselined: number, 
/**
 * What could not be decided: where there is any, the other figures may be too low.
 */
undecided: number, };

export type DebtPoint = { commit: string, 
/**
 * The day on which it was made, where it was made.
 */
day: string, 
/**
 * By its own rules, waivers and baseline, on its day.
 */
then: DebtCount, 
/**
 * By those of the last commit.
 */
today: DebtCount, 
/**
 * Findings by the rules of the last commit that the point before had not, waived or not; a text that moves is not new.
 */
introduced: number, 
/**
 * Those that the point before had and that are gone.
 */
repaid: number, 
/**
 * Rules that bind by its own decisions and did not at the point before, by their keys.
 */
added: Array<DebtRule>, };

export type DebtRule = { 
/**
 * `<record id>/<rule id>`.
 */
rule: string, 
/**
 * What it found at once, waived or not.
 */
found: number, };

export type Debt = { schema: string, 
/**
 * Version of the program.
 */
engine: string, 
/**
 * The day that the last commit's waivers were judged by.
 */
as_of: string, 
/**
 * As it was asked for.
 */
since: string, 
/**
 * The oldest first. The first one is what was there before; it introduces and repays nothing.
 */
points: Array<DebtPoint>, };

export type HookItem = { 
/**
 * `pre-commit`, `commit-msg`, `pre-push`.
 */
name: string, 
/**
 * The file that is written, from the worktree where it lies in it.
 */
path: string, 
/**
 * `installed`; `absent`; `other`: somebody else's, which an installation keeps and runs first; `changed`: ours, and
 * edited since or of another version.
 */
state: string, 
/**
 * The hook of somebody else that runs before ours.
 */
before: string | null, };

export type HookChange = { path: string, 
/**
 * `write`, `rename` or `delete`.
 */
action: string, 
/**
 * The new name.
 */
to: string | null, 
/**
 * The new text.
 */
text: string | null, };

export type Hooks = { 
/**
 * `git`: in git's own folder; `husky`: in `.husky`; `folder`: where `core.hooksPath` says.
 */
keeper: string, folder: string, hooks: Array<HookItem>, 
/**
 * What was done, or would be.
 */
changes: Array<HookChange>, };

export type GateItem = { name: string, 
/**
 * `blocks`: it stopped a bad change and let a good one pass; `open`: it did not; `absent`; `changed`: not run, because it
 * is not as it was written; `named`: it is asked for, and nothing here can prove that it stops anything.
 */
state: string, detail: string, };

export type Doctor = { gates: Array<GateItem>, 
/**
 * Rules that bind in the last commit, which is what judges a change.
 */
rules: number, notes: Array<string>, };

export type CheckState = { 
/**
 * Counts the verdicts of this session; 0: there is none yet.
 */
generation: number, 
/**
 * All files are being looked at: so many, and so many are done.
 */
running: boolean, done: number, all: number, 
/**
 * Findings that are neither waived nor in the baseline.
 */
open: number, waived: number, baselined: number, 
/**
 * Things that could not be decided, and errors in records themselves.
 */
undecided: number, faults: number, rules: number, files: number, waivers: number, 
/**
 * Why there is no verdict of the files as they are.
 */
failure: string | null, };

export type RuleResult = "holds" | "broken" | "undecided" | "vacuous" | "proposed";

export type RuleRow = { 
/**
 * `<record id>/<rule id>`.
 */
key: string, kind: string, severity: SeverityWord, message: string, remedy: string | null, 
/**
 * Path globs, as written; empty: what the record applies to.
 */
paths: Array<string>, 
/**
 * What the record applies to; empty: everything.
 */
applies_to: Array<string>, 
/**
 * The record, and the file that holds the rule with its line there.
 */
record: string, file: string, line: number, 
/**
 * `in-force`, `rejected` or `proposed`.
 */
standing: string, result: RuleResult, 
/**
 * Why it is undecided.
 */
why: Array<string>, 
/**
 * Findings; of a proposed rule, what it would find.
 */
open: number, waived: number, baselined: number, 
/**
 * Examples that it must let pass, and that it must find.
 */
valid: number, invalid: number, };

export type WaiverResult = "active" | "expiring" | "expired" | "unused" | "waiting";

export type WaiverRow = { path: string, 
/**
 * Keys of rules.
 */
waives: Array<string>, paths: Array<string>, at_most: number | null, reason: string, owner: string, granted: string | null, 
/**
 * Last day.
 */
expires: string, 
/**
 * Days until then; negative when it is over.
 */
days_left: number, 
/**
 * Days from its first to its last, where the first is known.
 */
days: number | null, result: WaiverResult, 
/**
 * Findings that it covers, or did until its last day.
 */
covers: number, 
/**
 * What is wrong with it.
 */
faults: Array<string>, };

export type DecisionClause = { 
/**
 * Path of the record.
 */
record: string, 
/**
 * The first sentence of the decision as plain text; empty where there is none.
 */
decided: string, owners: Array<string>, };

export type GovernanceView = { generation: number, verdict: Verdict, rules: Array<RuleRow>, waivers: Array<WaiverRow>, 
/**
 * Of the records behind rules.
 */
clauses: Array<DecisionClause>, 
/**
 * How many days a waiver may last at most.
 */
waiver_max_days: number, };

export type FindingPlace = { 
/**
 * `<record id>/<rule id>`.
 */
rule: string, path: string, line: number, };

export type FindingOrigin = { 
/**
 * The commit that wrote the line, or the rule; `null` where that is not committed.
 */
commit: HistoryItem | null, 
/**
 * Whole days since then.
 */
days: number, 
/**
 * The line is older than the rule, or than its decision.
 */
by_rule: boolean, };

export type CodeExcerpt = { 
/**
 * Number of the first line.
 */
first: number, lines: Array<string>, };

export type WaiverRequest = { 
/**
 * `<record id>/<rule id>`.
 */
rule: string, paths: Array<string>, 
/**
 * Only these findings; empty: any at these paths.
 */
fingerprints: Array<string>, reason: string, owner: string, approved_by: Array<string>, 
/**
 * Last day, ISO 8601.
 */
until: string, };

export type ExtensionRequest = { path: string, 
/**
 * Last day, ISO 8601.
 */
until: string, };

export type RuleTrial = { 
/**
 * On their examples.
 */
tests: RuleTests, 
/**
 * On the worktree.
 */
verdict: Verdict, };

export type PathItem = { 
/**
 * From the root, with `/`.
 */
path: string, name: string, folder: boolean, 
/**
 * Files: 1 for a file, all below a folder.
 */
files: number, 
/**
 * Of these, how many a decision in force binds.
 */
bound: number, 
/**
 * Lines of those that are text and no one's product, and how many of them are bound; `null` before they are counted.
 */
lines: number | null, bound_lines: number | null, 
/**
 * Open findings in them.
 */
open: number, };

export type ChangedPaths = { 
/**
 * The branch that they are compared with; `null`: the last commit, as there is no other branch.
 */
base: string | null, 
/**
 * Folders first, folder by folder; each counts only what is changed in it.
 */
items: Array<PathItem>, };

export type BindingDecision = { record: string, title: string, status: StatusWord | null, 
/**
 * `in-force`, `rejected` or `proposed`.
 */
standing: string, 
/**
 * Globs of what it applies to, or of its rules, that reach the path.
 */
globs: Array<string>, 
/**
 * The first sentence of the decision.
 */
decided: string, 
/**
 * Files at or below the path that it binds.
 */
files: number, rules: Array<BindingRule>, };

export type BindingRule = { rule: GoverningRule, 
/**
 * Open findings at or below the path, and the lines of those in the file itself.
 */
open: number, lines: Array<number>, };

export type PathBindings = { path: string, folder: boolean, files: number, bound: number, 
/**
 * As of a [`PathItem`].
 */
lines: number | null, bound_lines: number | null, 
/**
 * Nearest first.
 */
decisions: Array<BindingDecision>, };

export type Heading = { level: number, text: string, anchor: string, };

export type CitedBy = { path: string, context: string, 
/**
 * It links to the record; else it only writes its number in the text.
 */
linked: boolean, };

export type HistoryItem = { commit: string, subject: string, author: string, 
/**
 * ISO 8601 date of the author.
 */
date: string, };

export type ChainNode = { path: string, label: string, title: string, status: StatusWord | null, 
/**
 * First day in force, ISO; `null` when it never was or is not known.
 */
from: string | null, 
/**
 * Day it fell; `null` while it holds.
 */
to: string | null, 
/**
 * `decided`, or for open proposals `would-replace` / `would-refine`.
 */
role: string, };

export type RecordView = { generation: number, summary: DecisionSummary, 
/**
 * Safe HTML of the body without front matter and title.
 */
html: string, headings: Array<Heading>, chain: Array<ChainNode>, cited_by: Array<CitedBy>, 
/**
 * The first sentence of the decision as plain text; empty where the record has no such section.
 */
decided: string, words: number, 
/**
 * The language of the text as a tag (`de`, `pt-BR`), for whoever reads it aloud: what the record states, else what
 * its words clearly say; `null` where neither tells.
 */
lang: string | null, 
/**
 * Set when the text was shortened or not rendered (over a limit, not UTF-8); says why.
 */
notice: string | null, 
/**
 * The record can be shown but not edited here (AsciiDoc, Latin-1, over the limit).
 */
read_only: boolean, };

export type Source = { path: string, 
/**
 * Text as on disk; line ends as they are.
 */
text: string, 
/**
 * Hash of the bytes on disk; `save_record` gives it back.
 */
hash: string, 
/**
 * A draft kept from an earlier session that differs from `text`.
 */
draft: Draft | null, };

export type Draft = { path: string, text: string, 
/**
 * Hash of the file that the draft was begun on; empty for a new file.
 */
base: string, 
/**
 * Local time it was kept, ISO 8601 with minutes.
 */
kept_at: string, };

export type Preview = { summary: DecisionSummary, html: string, problems: Array<ProblemItem>, 
/**
 * Rendered blocks in order: `data-line` of the HTML carries the same line numbers (1-based).
 */
words: number, 
/**
 * As in a record view.
 */
lang: string | null, };

export type FieldEdit = { key: string, values: Array<string>, };

export type TemplateInfo = { 
/**
 * `madr`, `madr-minimal`, `nygard`, `y-statement`, `blank`, or the path of the repository's own.
 */
name: string, title: string, description: string, 
/**
 * Text with prompts, for the picture in the dialog.
 */
html: string, 
/**
 * Records of this log in that shape.
 */
uses: number, };

export type NewRequest = { title: string, template: string | null, 
/**
 * Folder of the log; `null`: the only or largest one.
 */
log: string | null, status: string | null, scope: string | null, tags: Array<string>, 
/**
 * Globs of what it is to bind.
 */
applies_to: Array<string>, supersedes: string | null, 
/**
 * A number of one's own; `null`: the next free one.
 */
number: number | null, 
/**
 * On a new branch, named after the file.
 */
on_branch: boolean, };

export type SupersedeRequest = { 
/**
 * Path of the record that falls.
 */
old: string, by: string | null, title: string | null, 
/**
 * Why it falls.
 */
why: string | null, 
/**
 * `draft`, `proposed` (default: deferred, the old record keeps its status) or `accepted`.
 */
status: string | null, template: string | null, carry_paths: boolean, carry_scope: boolean, carry_context: boolean, };

export type FieldHelp = { 
/**
 * What a completion replaces.
 */
start: number, end: number, completions: Array<CompletionItem>, 
/**
 * What the key at the place means, as Markdown.
 */
hover: string | null, 
/**
 * The format of its value (`references`, `people`, `date`): who knows records or people can offer more.
 */
format: string | null, };

export type CompletionItem = { label: string, insert: string, detail: string, };

export type LinkRequest = { 
/**
 * Path of the record that states it.
 */
from: string, 
/**
 * `supersedes`, `amends`, `relates-to`, `depends-on`, their inverses, or a word of your own. Taking out: none means all.
 */
relation: string | null, 
/**
 * Path of the record it names.
 */
to: string, };

export type BulkRequest = { paths: Array<string>, status: StatusWord | null, add_tags: Array<string>, remove_tags: Array<string>, 
/**
 * Records that cannot take the step are left out and named in the notes; without it they stop the whole.
 */
leave_out: boolean, };

export type MoveRequest = { path: string, 
/**
 * Folder or log it moves to, from the repository's root.
 */
folder: string | null, 
/**
 * File name (of a record with a folder of its own: that folder's name). Without an extension the record's own is kept.
 */
name: string | null, 
/**
 * New title; without `name` the file is named after it, as its log names files.
 */
title: string | null, 
/**
 * Name the file after `title`, but leave the title in the record.
 */
keep_title: boolean, 
/**
 * Leave what other records say as it is.
 */
keep_citations: boolean, 
/**
 * Follow mentions in comments of other files of the repository, too.
 */
code: boolean, };

export type RenumberRequest = { 
/**
 * `null`: every number that is used twice.
 */
path: string | null, 
/**
 * `null`: the next free one.
 */
number: number | null, keep_citations: boolean, code: boolean, };

export type UndoItem = { id: string, 
/**
 * `Supersede 0009`.
 */
title: string, 
/**
 * Day it was applied, ISO 8601.
 */
on: string, paths: Array<string>, 
/**
 * It was taken back: it can be done again.
 */
undone: boolean, 
/**
 * The first file that has changed since; `null` when the step can be taken.
 */
conflict: string | null, };

export type PastSnapshot = { commit: HistoryItem, logs: Array<LogInfo>, decisions: Array<DecisionSummary>, problems: Array<ProblemItem>, };

export type GraphNode = { path: string, label: string | null, title: string, status: StatusWord | null, in_force: boolean, };

export type GraphEdge = { from: string, to: string, 
/**
 * `supersedes`, `amends`, `depends-on`, `relates-to` or the record's own word.
 */
kind: string, };

export type GraphReply = { nodes: Array<GraphNode>, edges: Array<GraphEdge>, };

export type PlannedFile = { path: string, 
/**
 * `create`, `change`, `delete`.
 */
action: string, diff: Array<Hunk>, lines_added: number, lines_removed: number, 
/**
 * Set instead of a diff: `binary`.
 */
notice: string | null, };

export type PlanPreview = { title: string, digest: string, files: Array<PlannedFile>, 
/**
 * The record that the action is about (the new one), to open afterwards.
 */
record: string | null, 
/**
 * Number of a new record as its file will write it.
 */
label: string | null, 
/**
 * The branch that is started for it, when one was asked for.
 */
branch: string | null, 
/**
 * Supersession chain as it would be afterwards.
 */
chain: Array<ChainNode>, problems: Array<ProblemItem>, 
/**
 * Sentences a person should know before agreeing ("4 records cite 0121.").
 */
notes: Array<string>, };

export type WriteReply = { changed: Array<string>, problems: Array<ProblemItem>, generation: number, 
/**
 * Hash of the saved record, for the next save.
 */
hash: string | null, 
/**
 * The record to open.
 */
record: string | null, };

export type ImageAdded = { 
/**
 * The file, from the repository's root.
 */
path: string, 
/**
 * The link to it as the record writes it.
 */
link: string, 
/**
 * The repository had it already: nothing was written.
 */
known: boolean, };

export type GlobReach = { glob: string, 
/**
 * Files of the repository that it matches.
 */
files: number, 
/**
 * Where it matches none: the glob with the nearest folder that is there.
 */
meant: string | null, };

export type MergeSide = "both" | "mine" | "theirs" | "conflict";

export type MergeBlock = { side: MergeSide, base: string, mine: string, theirs: string, };

export type SearchRequest = { query: string, limit: number, status: Array<StatusWord>, tags: Array<string>, scopes: Array<string>, 
/**
 * Years of the decision.
 */
years: Array<number>, 
/**
 * What a record has, one of them: `problems`, `rules`, `code`, `paths`.
 */
has: Array<string>, 
/**
 * Who asks, as git knows the person (`Name <address>`): what `is:mine` means.
 */
me: string | null, order: SearchOrder, };

export type SearchOrder = "relevance" | "newest" | "number";

export type SavedView = { name: string, query: string, };

export type Marked = { text: string, marks: Array<[number, number]>, };

export type Snippet = { 
/**
 * Heading of the section that matched, empty for the head of the record.
 */
section: string, text: Marked, };

export type Hit = { path: string, title: string, score: number, 
/**
 * The best snippet as plain text with `**` around matches (command line).
 */
snippet: string, title_marks: Array<[number, number]>, snippets: Array<Snippet>, 
/**
 * What to read instead of a superseded record.
 */
successor: Successor | null, };

export type Successor = { path: string, 
/**
 * The number as its file name writes it: `0121`.
 */
label: string | null, title: string, };

export type FacetCount = { value: string, count: number, };

export type SearchReply = { query: string, took_us: number, total: number, hits: Array<Hit>, 
/**
 * Counts over all matches before the lists of the request narrow them.
 */
status_facets: Array<FacetCount>, tag_facets: Array<FacetCount>, scope_facets: Array<FacetCount>, 
/**
 * Years of the decision, oldest first.
 */
year_facets: Array<FacetCount>, 
/**
 * `problems`, `rules`, `code`, `paths`, in this order, with those that no match has.
 */
has_facets: Array<FacetCount>, 
/**
 * A part of the query that was not understood; results are given all the same.
 */
complaint: string | null, 
/**
 * Where that part stands in the query (UTF-16 code units).
 */
complaint_at: [number, number] | null, 
/**
 * The query with close words in place of those that are nowhere, which is what was searched: `status:open fencing`.
 */
corrected: string | null, 
/**
 * The words that were exchanged in it.
 */
exchanged: Array<Exchange>, 
/**
 * Records that are not indexed yet as they are now; a later answer may hold more.
 */
pending: number, };

export type Exchange = { written: string, meant: string, };

export type PastHit = { commit: string, subject: string, author: string, 
/**
 * The author's day.
 */
date: string, 
/**
 * Path of the record at the time.
 */
path: string, 
/**
 * Title of the record at the time.
 */
title: string, 
/**
 * The record itself was deleted.
 */
deleted: boolean, 
/**
 * The best place of the lines that left.
 */
text: Marked, 
/**
 * The same as plain text with `**` around matches (command line).
 */
snippet: string, };

export type PastReply = { query: string, took_us: number, total: number, hits: Array<PastHit>, 
/**
 * The log is still being read; a later answer may hold more.
 */
building: boolean, 
/**
 * A person stopped the reading; it goes on when told to.
 */
paused: boolean, 
/**
 * How many commits the reading has looked at, of how many new ones; both 0 until they are counted.
 */
read: number, all: number, 
/**
 * Words that are nowhere, and the close ones that were searched instead.
 */
exchanged: Array<Exchange>, complaint: string | null, 
/**
 * Where the part stands that was not understood (UTF-16 code units).
 */
complaint_at: [number, number] | null, };

export type DiffLine = { kind: string, old_line: number | null, new_line: number | null, 
/**
 * The text ends here without a line end.
 */
open: boolean, 
/**
 * Runs of the line; `changed` runs are the words that differ.
 */
runs: Array<DiffRun>, };

export type DiffRun = { text: string, changed: boolean, };

export type Hunk = { old_start: number, new_start: number, 
/**
 * Name of the record's section it stands in; `fields` for front matter, empty elsewhere.
 */
section: string, lines: Array<DiffLine>, };

export type FieldChange = { field: string, old: string, new: string, };

export type ChangedFile = { path: string, 
/**
 * Where it was before a rename.
 */
old_path: string | null, 
/**
 * `added`, `modified`, `deleted`, `renamed`, `conflicted`, `typechange`.
 */
change: string, staged: boolean, 
/**
 * True when the same path also has changes on the other side.
 */
partly: boolean, is_record: boolean, label: string | null, title: string | null, status: StatusWord | null, 
/**
 * What changed as a sentence; the first part is bold: `Proposed → Accepted.`
 */
lead: string, sentence: string, lines_added: number, lines_removed: number, };

export type GitStatus = { 
/**
 * `null`: detached or unborn.
 */
branch: string | null, 
/**
 * The branch that others start from; `null` where that cannot be told.
 */
default_branch: string | null, 
/**
 * Short commit id; `null` before the first commit.
 */
head: string | null, detached: boolean, 
/**
 * `merge`, `rebase`, `cherry-pick`, `revert`, `bisect` when one is under way.
 */
operation: string | null, upstream: string | null, ahead: number, behind: number, files: Array<ChangedFile>, last_commit: HistoryItem | null, 
/**
 * Name and address git would commit with; `null` when unset.
 */
author: string | null, trust: Trust, };

export type Trust = { trusted: boolean, 
/**
 * What would start a program: `hook pre-commit`, `commit.gpgsign`, ...
 */
reasons: Array<string>, };

export type Spaces = "shown" | "amount" | "hidden";

export type DiffPart = { removed: Array<number>, added: Array<number>, };

export type PartRequest = { path: string, 
/**
 * The side that was on show: a staged one is unstaged.
 */
staged: boolean, 
/**
 * `base` of the diff that was on show.
 */
base: string, spaces: Spaces, lines: DiffPart, };

export type DiscardRequest = { path: string, 
/**
 * `base` of the diff that was on show.
 */
base: string, spaces: Spaces, 
/**
 * `null`: all of it.
 */
lines: DiffPart | null, };

export type TrashItem = { id: string, path: string, 
/**
 * Number of the record, or name of the file.
 */
name: string, 
/**
 * `added` (the file was new and is gone), `modified`, `deleted` (the file was brought back), `renamed` (its old
 * name was).
 */
change: string, 
/**
 * Day it was thrown away.
 */
on: string, lines_added: number, lines_removed: number, 
/**
 * The file has changed since: restoring keeps what is there now in the same list.
 */
changed_since: boolean, };

export type IgnoreWhat = "file" | "ending" | "folder";

export type Pictures = { old: string | null, new: string | null, };

export type FileDiff = { path: string, staged: boolean, fields: Array<FieldChange>, hunks: Array<Hunk>, 
/**
 * Safe HTML of the new text with `<ins>` and `<del>` around changed words (`class="block"`: a whole block of
 * more than 12 words); `details.unchanged` folds what stayed, `span.moved` names where a block stood before.
 * Empty for other files.
 */
rendered: string, 
/**
 * Language of a record's text, as in a record view.
 */
lang: string | null, 
/**
 * Set instead of a diff: `binary`, `too large`.
 */
notice: string | null, pictures: Pictures | null, 
/**
 * Names the two texts: a part of this diff is staged or discarded only while they are the same.
 */
base: string, 
/**
 * Hunks and lines can be staged on their own.
 */
parts: boolean, };

export type CommitStyle = "auto" | "conventional" | "plain";

export type CommitRequest = { message: string, 
/**
 * Paths to stage first (the "Stage 2 records and commit" button); usually empty.
 */
stage: Array<string>, 
/**
 * The user agreed to let this repository's hooks and settings run.
 */
trust: boolean, 
/**
 * Skip hooks, asked for explicitly.
 */
no_verify: boolean, 
/**
 * The last commit, to be replaced. Refused when another one is the last by now.
 */
amend: string | null, 
/**
 * The user agreed to replace a commit that a remote has.
 */
amend_pushed: boolean, };

export type MessageStart = { 
/**
 * A message that was being written, kept on disk.
 */
kept: string | null, 
/**
 * Text of `commit.template` without its comments; `null` when none is set or it has comments only.
 */
template: string | null, 
/**
 * The template's comments, as help.
 */
help: string | null, 
/**
 * What became of a commit that was cut off.
 */
interrupted: string | null, };

export type LastCommit = { commit: string, message: string, 
/**
 * A remote branch has it.
 */
pushed: boolean, 
/**
 * Why it cannot be undone; `null` when it can.
 */
stays: string | null, };

export type CommitReply = { commit: string, subject: string, branch: string | null, 
/**
 * What hooks printed.
 */
output: string, };

export type GitAct = "status" | "diff" | "stage" | "unstage" | "parts" | "discard" | "take-mine" | "take-theirs" | "commit" | "amend" | "undo-commit" | "fetch" | "pull-rebase" | "pull-merge" | "push" | "publish" | "add-remote" | "create-branch" | "switch-branch" | "rename-branch" | "delete-branch" | "save-stash" | "apply-stash" | "drop-stash" | "continue" | "skip" | "abort";

export type GitCommand = { act: GitAct, command: string, };

export type CommandsRequest = { 
/**
 * The chosen file, on the side that is shown.
 */
path: string | null, staged: boolean, message: string, amend: boolean, };

export type GitPlace = { 
/**
 * `null`: detached.
 */
branch: string | null, 
/**
 * Short commit; `null` before the first one.
 */
head: string | null, default_branch: string | null, 
/**
 * History before a certain commit was never fetched.
 */
shallow: boolean, operation: GitOperation | null, branches: Array<BranchItem>, remotes: Array<RemoteItem>, 
/**
 * Where Push and Publish go: what the branch follows, else `origin`, else the only one.
 */
remote: string | null, 
/**
 * `origin/main`; `null`: the branch was never published.
 */
upstream: string | null, 
/**
 * The followed branch was deleted on the remote.
 */
upstream_gone: boolean, 
/**
 * Commits that the remote's branch does not have; without an upstream, those that no branch of a remote has.
 */
ahead: number, behind: number, 
/**
 * When a fetch or pull was last done, ISO 8601 with UTC; `null`: never.
 */
last_fetched: string | null, 
/**
 * How the user's settings say a pull goes; `null`: they say nothing.
 */
pull_rebases: boolean | null, stashes: Array<StashItem>, worktrees: Array<WorktreeItem>, };

export type GitOperation = { 
/**
 * `merge`, `rebase`, `cherry-pick`, `revert`, `bisect`.
 */
kind: string, 
/**
 * Commits applied so far, of `all`; 0 of 0 where that is not counted.
 */
done: number, all: number, 
/**
 * The branch or commit whose changes come in, as people know it.
 */
theirs: string | null, 
/**
 * The branch that is worked on.
 */
ours: string | null, 
/**
 * Files whose conflict is not settled.
 */
conflicts: Array<string>, };

export type BranchItem = { 
/**
 * `adr/0126`, or `origin/adr/0126` of a remote.
 */
name: string, 
/**
 * The remote it lies on; `null`: here.
 */
remote: string | null, current: boolean, 
/**
 * The branch that others start from.
 */
default: boolean, upstream: string | null, upstream_gone: boolean, 
/**
 * Against its upstream.
 */
ahead: number, behind: number, commit: HistoryItem, 
/**
 * Seconds since 1970 of its last commit.
 */
when: bigint, 
/**
 * The folder of another worktree that has it checked out.
 */
elsewhere: string | null, };

export type RemoteItem = { name: string, 
/**
 * Without a password in it.
 */
address: string, 
/**
 * `GitHub`, where that is known.
 */
forge: string | null, };

export type StashItem = { commit: string, message: string, 
/**
 * ISO 8601 day.
 */
date: string, records: Array<string>, files: number, };

export type StashReply = { 
/**
 * Files in conflict now.
 */
conflicts: Array<string>, 
/**
 * New files of the stash whose names are taken here: those were left as they are.
 */
in_the_way: Array<string>, };

export type WorktreeItem = { path: string, branch: string | null, 
/**
 * The one that is open here.
 */
here: boolean, 
/**
 * Its folder is there.
 */
present: boolean, };

export type SyncKind = "fetch" | "unshallow" | "pull-rebase" | "pull-merge" | "push" | "push-over";

export type SyncRequest = { kind: SyncKind, 
/**
 * The user agreed to let this repository's hooks and settings run.
 */
trust: boolean, 
/**
 * For `push-over`: the commit that the remote's branch stood at when the person was asked.
 */
expected: string | null, };

export type SyncOutcome = "done" | "rejected" | "protected" | "sign-in" | "offline" | "conflicts" | "cancelled" | "refused";

export type SyncReply = { outcome: SyncOutcome, 
/**
 * git's own words.
 */
said: string, 
/**
 * What was run, to be repeated in a terminal.
 */
command: string, remote: string, branch: string | null, 
/**
 * Commits that went or came.
 */
commits: number, 
/**
 * After `rejected`: what the remote's branch has and this one does not, newest first.
 */
theirs: Array<TheirCommit>, 
/**
 * After `rejected`: how many there are, and where that branch stands.
 */
theirs_count: number, theirs_tip: string | null, 
/**
 * After a push of a branch that others do not start from: the page that opens a pull request.
 */
pull_request: string | null, 
/**
 * What was not committed could not be put back on top; it is in the newest stash.
 */
stashed: boolean, };

export type TheirCommit = { commit: HistoryItem, 
/**
 * Paths of records it touches that are also changed here.
 */
overlaps: Array<string>, };

export type GitProgress = { 
/**
 * git's first word: `Counting`, `Receiving`, `Resolving`, `Writing`, `Rebasing`.
 */
step: string, percent: number | null, };

export type BranchRequest = { name: string, 
/**
 * Where it begins; `null`: here, and everything that is not committed comes along.
 */
from: string | null, 
/**
 * The branch that is left goes back to what it follows: its commits move to the new one.
 */
moves: boolean, trust: boolean, };

export type SwitchPreview = { branch: string, 
/**
 * Files with changes that are not committed; they come along when nothing is in the way.
 */
carried: Array<string>, 
/**
 * Those of them that differ there: they cannot come along as they are.
 */
in_the_way: Array<string>, 
/**
 * Records that come, go, or read differently there.
 */
records: number, };

export type SwitchRequest = { branch: string, 
/**
 * Put what is not committed into a stash first.
 */
stash: boolean, trust: boolean, };

export type DeletedBranch = { name: string, commit: string, upstream: string | null, 
/**
 * Commits that no other branch has.
 */
only_here: number, };

export type BranchComparison = { branch: string, base: string, ahead: number, behind: number, 
/**
 * Its own commits, newest first.
 */
commits: Array<LogItem>, 
/**
 * What it changes since both parted.
 */
files: Array<ChangedFile>, };

export type LogItem = { commit: HistoryItem, body: string, 
/**
 * Several parents.
 */
merge: boolean, records: Array<LogRecord>, 
/**
 * Other files it touched.
 */
others: number, 
/**
 * Branches and tags that stand here.
 */
names: Array<string>, };

export type LogRecord = { 
/**
 * Path at that commit.
 */
path: string, label: string | null, 
/**
 * `added`, `modified`, `deleted`, `renamed`.
 */
change: string, };

export type LogPage = { items: Array<LogItem>, 
/**
 * Where the next page begins; `null` at the end.
 */
next: string | null, };

export type BlameSpan = { 
/**
 * First line, counted from 1.
 */
line: number, text: Array<string>, 
/**
 * `null`: not committed yet.
 */
commit: HistoryItem | null, };

export type OperationStep = "continue" | "skip" | "abort";

export type CloneRequest = { address: string, 
/**
 * Absolute; must not exist, or be empty.
 */
folder: string, };

export type CloneReply = { outcome: SyncOutcome, said: string, command: string, folder: string, };

export type ConflictView = { path: string, label: string | null, title: string | null, 
/**
 * Merged place by place: `both-changed`, `both-added`. Taken as one: `whole` (not text, or too large), `link`, `mode`
 * (only whether it may be executed), `submodule`. Kept or deleted: `deleted-here`, `deleted-there`; `only-here` and
 * `only-there` where this name is one side's alone, as after two renames; `both-gone` where neither has it.
 */
kind: string, 
/**
 * The branches, as people know them. In a rebase "mine" is what is being moved.
 */
mine_name: string, theirs_name: string, mine: ConflictFile, theirs: ConflictFile, 
/**
 * Where their file goes when both are kept; `null` where that makes no sense.
 */
both_path: string | null, 
/**
 * The name that the other side gave to the same file.
 */
other_path: string | null, 
/**
 * What is left, in order of the text.
 */
parts: Array<ConflictPart>, 
/**
 * Fields that both sides changed and that were brought together.
 */
joined: Array<JoinedField>, 
/**
 * The file on disk still holds git's marks.
 */
marks: boolean, digest: string, };

export type ConflictFile = { 
/**
 * `none`, `file`, `executable`, `link`, `submodule`.
 */
kind: string, 
/**
 * Where a link points, the short commit of a submodule; else empty.
 */
says: string, };

export type ConflictPart = { 
/**
 * Its key, for a field; `null` for prose.
 */
field: string | null, section: string, base: string, mine: string, theirs: string, 
/**
 * Empty for a field.
 */
mine_html: string, theirs_html: string, takes_both: boolean, };

export type JoinedField = { field: string, value: string, };

export type ConflictSide = "mine" | "theirs" | "both" | "text";

export type ConflictAnswer = { side: ConflictSide, 
/**
 * For `text`: the person's own words.
 */
text: string | null, };

export type SettleHow = "answers" | "as-on-disk" | "mine" | "theirs" | "both";

export type SettleRequest = { path: string, how: SettleHow, answers: Array<ConflictAnswer>, 
/**
 * Of the view that was answered.
 */
digest: string, };

export type MergeDriver = { installed: boolean, 
/**
 * git's settings name it.
 */
settings: boolean, 
/**
 * Folders of records that `.gitattributes` does not name.
 */
left: Array<string>, };

export type PermalinkRequest = { path: string, 
/**
 * Element id of a heading, as `Heading.anchor` has it.
 */
anchor: string | null, 
/**
 * Lines, counted from 1; used where there is no `anchor`.
 */
line: number | null, end_line: number | null, };

export type Permalink = { url: string, commit: string, 
/**
 * `GitHub`, `GitLab`, ...
 */
forge: string, 
/**
 * Name of the remote: `origin`.
 */
remote: string, };

export type IndexRequest = { 
/**
 * Folder of the log; `null`: the only or largest one.
 */
log: string | null, };

export type IndexView = { path: string, log: string, 
/**
 * There is such a file.
 */
present: boolean, 
/**
 * It has marks that an index is written between.
 */
marked: boolean, 
/**
 * The index in it is that of today's records.
 */
current: boolean, 
/**
 * Safe HTML of the page.
 */
html: string, };

export type ExportRequest = { 
/**
 * Paths of records, in the order they are to have.
 */
paths: Array<string>, 
/**
 * Title of a document of several records.
 */
title: string | null, };

export type Paper = "a4" | "letter";

export type RecentItem = { path: string, name: string, records: number, 
/**
 * ISO 8601 date and time.
 */
opened: string, 
/**
 * The folder is there.
 */
present: boolean, };

export type AppInfo = { version: string, platform: string, 
/**
 * Records can be printed to a PDF file on this system.
 */
pdf: boolean, logs: string, crash_reports: string, cache: string, settings: string, recent: Array<RecentItem>, 
/**
 * What this window should open now.
 */
open: OpenRequest | null, 
/**
 * The previous run ended without closing.
 */
crashed: boolean, 
/**
 * What was being written then, in the repositories that were open.
 */
drafts: Array<KeptDraft>, 
/**
 * The page of this window died and was loaded again.
 */
reloaded: boolean, 
/**
 * Why settings or logs are not kept, and what to do: one of the folders cannot be written.
 */
trouble: string | null, };

export type MenuKind = "action" | "role" | "line";

export type MenuItem = { kind: MenuKind, 
/**
 * Of the action or the role; empty for a line.
 */
id: string, 
/**
 * In the language spoken now; `&` is written twice.
 */
label: string, 
/**
 * A chord (`mod+shift+f`) that works wherever the window has the keyboard.
 */
keys: string | null, enabled: boolean, 
/**
 * Set for what is on or off.
 */
checked: boolean | null, };

export type MenuList = { title: string, items: Array<MenuItem>, };

export type Settings = { 
/**
 * By key; keys that this version does not know are among them.
 */
values: Record<string, unknown>, 
/**
 * Absolute path of the file.
 */
file: string, 
/**
 * Where the file was put that was no JSON; the defaults hold.
 */
damaged: string | null, 
/**
 * Why the file could not be read.
 */
trouble: string | null, };

export type SharedSettings = { 
/**
 * Folders of records, from the root; empty: found by looking. One that is handed in may be absolute.
 */
logs: Array<string>, 
/**
 * Template of new records; `null`: the one the log uses most.
 */
default_template: string | null, 
/**
 * `padded4`, `padded3`, `date`, `none`; `null`: as the log does.
 */
numbering: string | null, 
/**
 * Days after which a proposal is stale.
 */
stale_after: number, 
/**
 * How many days ahead a waiver may end, at most.
 */
waiver_max_days: number, statuses: Array<SharedStatus>, };

export type SharedStatus = { word: string, status: StatusWord, };

export type GitTrouble = { needed: string, 
/**
 * Its version; `null` when there is none.
 */
found: string | null, };

export type KeptDraft = { 
/**
 * Root of its repository.
 */
repo: string, path: string, };

export type EditorChoice = { 
/**
 * Its program; the settings keep it.
 */
program: string, name: string, };

export type OpenRequest = { 
/**
 * Folder to open, absolute.
 */
path: string, 
/**
 * A record in it: number, identity or path.
 */
reference: string | null, heading: string | null, 
/**
 * Why nothing can be opened: a link that cannot be followed.
 */
fault: string | null, };

export type WorkspaceInfo = { 
/**
 * Absolute path of the worktree (or of the plain folder).
 */
root: string, name: string, git: boolean, logs: Array<LogInfo>, 
/**
 * Base of image addresses: `repo://localhost/`.
 */
image_base: string, today: string, 
/**
 * Days after which a proposal is stale, as the repository has it.
 */
stale_after: number, };

export type OpenMode = "git" | "plain" | "init-git";

export type WatchState = { 
/**
 * `watching`, `partly`, `polling`, `stopped`, `gone` (the folder is not there any more).
 */
watcher: string, detail: string | null, 
/**
 * Where `partly`: how many folders the system watches, of how many. The others are looked at when a person comes
 * back to the window.
 */
watched: number, folders: number, indexed: number, 
/**
 * Records still to index; 0 when done.
 */
pending: number, 
/**
 * A person stopped the building; `pending` records are not found by their words until it goes on.
 */
paused: boolean, 
/**
 * Why nothing can be found: the index could not be built.
 */
index_failure: string | null, };

export type Opening = { 
/**
 * Files that were read, of `all`; 0 while the folders are walked.
 */
done: number, all: number, };

export type ErrorCode = "not-a-repository" | "no-log" | "log-exists" | "not-found" | "ambiguous" | "conflict" | "io" | "read-only" | "usage" | "cannot-edit" | "git" | "hook-failed" | "needs-trust" | "nothing-staged" | "no-remote" | "identity-missing" | "git-missing" | "index" | "no-workspace" | "open-elsewhere" | "cancelled" | "internal";

export type ErrorReply = { code: ErrorCode, message: string, hint: string | null, path: string | null, line: number | null, details: string | null, };
