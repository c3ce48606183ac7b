import { counted, sentence } from "../plural";

// The editor: record bar, form, source, preview, problems, and what happened to the file meanwhile.
export const editor = {
  name: "Editor",
  unsaved: "Unsaved",
  saved: "Saved",
  savedNotCommitted: "Saved, not committed",
  saving: "Saving",
  announceSaved: (label: string) => `${label} saved`,
  layout: "Layout",
  layouts: { form: "Form", source: "Source", all: "All three" },
  review: "Review changes",
  loading: "Opening the record",
  cannotOpen: "This record can’t be edited here.",

  details: "Details",
  /** Names of the shapes a record may have. */
  dialects: { precedent1: "Precedent", madr4: "MADR 4", madr3: "MADR 3", madr2: "MADR 2", nygard: "Nygard", log4brains: "Log4brains", inline: "Bold fields", table: "Table", "front-matter": "Front matter", foreign: "Other format", plain: "Plain text" } as Record<string, string>,
  fields: {
    title: "Title",
    status: "Status",
    date: "Date",
    scope: "Scope",
    makers: "Decision makers",
    paths: "Binds paths",
    tags: "Tags",
  },
  problemCount: (count: number) => counted(count, "problem"),
  pathsHint: "One glob a line, from the repository’s root.",
  add: { tags: "Add a tag", makers: "Add a name" },
  removeItem: (item: string) => `Remove ${item}`,
  datePlaceholder: "2026-11-20",
  statusStep: (status: string, effect: string) => `${status}: ${effect}`,
  chooseStatus: "Change status",
  effects: {
    draft: "Goes back to a draft",
    proposed: "Asks others for their view",
    accepted: (paths: number) => (paths > 0 ? `Binds ${counted(paths, "path")} from now` : "In force from now, binds no path"),
    rejected: "Never in force; kept for the record",
    deprecated: "No longer in force, without a successor",
    superseded: "Write the decision that takes its place",
  },
  acceptSuccessor: (label: string) => `Saving accepts this record only. To mark ${label} as well, use Accept in the Library.`,

  source: "Source",
  sourceOf: (label: string) => `Markdown source of ${label}`,
  tools: { bold: "Bold", italic: "Italic", heading: "Heading", list: "List", code: "Code", cite: "Link to a decision" },
  foldedFields: ({ status, fields }: { status: string | null; fields: number }) => {
    const more = fields - (status ? 1 : 0);
    if (!status) return counted(fields, "field");
    return more > 0 ? `status: ${status}, ${counted(more, "more field", "more fields")}` : `status: ${status}`;
  },
  insertInstead: (label: string, current: string) => `${label} was superseded. Insert ${current}`,
  caret: (line: number, column: number) => `Ln ${String(line)}, Col ${String(column)}`,
  words: (count: number) => counted(count, "word"),
  tabIndents: "Tab indents",
  tabMoves: "Tab moves focus",

  preview: "Preview",
  scrolls: "scrolls with source",
  closePreview: "Close preview",
  showPreview: "Show preview",
  emptySection: "Nothing here yet.",

  problems: "Problems",
  noProblems: "No problems",
  next: "next",
  closeProblems: "Close problems",
  severity: { error: "Error", warning: "Warning", note: "Note" },
  line: (line: number) => `line ${String(line)}`,
  problemAnnounced: (severity: string, message: string, line: number) => `${severity}, line ${String(line)}: ${message}`,

  /** An error as sentences: what happened and what to do; the host speaks in lower-case fragments. */
  because: (message: string, hint: string | null) => [message, hint].map(sentence).join(" ").trim(),
  conflict: { lead: (label: string) => `${label} changed on disk.`, text: "Your edits are safe.", compare: "Compare", mine: "Keep mine", theirs: "Load theirs" },
  deleted: { lead: (label: string) => `${label} was deleted on disk.`, text: "Your text is still here.", again: "Save it again" },
  failed: { lead: (label: string) => `Couldn’t save ${label}.`, text: "Your text is still here." },
  recovered: { lead: (time: string) => `Recovered what you were writing at ${time}.`, keep: "Keep", discard: "Discard" },
  updated: (label: string) => `${label} updated from disk`,
  compareTitle: (label: string) => `Two versions of ${label}`,
  compareLead: "Struck out is what is on disk, underlined is what you have.",
  sameText: "Both versions are the same.",

  leave: { title: (label: string) => `Save changes to ${label}?`, text: "They are not in the file yet.", save: "Save", drop: "Don’t save" },

  commands: {
    save: "Save",
    fix: "Fix the problem here",
    nextProblem: "Next problem",
    previousProblem: "Previous problem",
    problems: "Problems panel",
    preview: "Preview on or off",
    form: "Show the form",
    source: "Show the source",
    all: "Show form, source and preview",
    tab: "Tab key: indent or move focus",
    leave: "Back to the Library",
  },
  nothingToSave: "nothing to save",
  noProblemHere: "no fix here",
};
