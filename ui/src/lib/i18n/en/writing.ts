import { counted } from "../plural";

// The dialogs that write records, and the difference that each shows first.
export const writing = {
  cannotPlan: "This can’t be written yet.",
  conflict: "The files changed on disk meanwhile. The preview is new; look again, then confirm.",
  show: (count: number) => `Show ${counted(count, "more line", "more lines")}`,
  created: (lines: number) => `new, ${counted(lines, "line")}`,
  changed: (lines: number) => `${counted(lines, "line")} ${lines === 1 ? "changes" : "change"}`,
  deleted: "deleted",
  preview: "What will be written",
  stop: ".",

  new: {
    title: "New decision",
    number: "Number",
    name: "Title, as a statement",
    scope: "Scope",
    noScope: "No scope",
    otherScope: "Scope, in your own words",
    template: "Template",
    uses: (count: number) => (count === 0 ? "never used" : counted(count, "use")),
    savesAs: "Saves as",
    log: "Folder",
    start: "Start writing",
    close: (count: number) => (count === 1 ? "One record is close." : "Two records are close."),
    supersede: (label: string) => `Supersede ${label} instead`,
    made: (label: string) => `${label} created`,
    noTemplates: "The templates can’t be read.",
  },

  supersede: {
    title: (label: string) => `Supersede ${label}`,
    lead: "Creates the successor and marks this record, in one commit. Nothing is written until you confirm.",
    name: "Title of the new decision",
    willBe: (file: string) => `Will be ${file}`,
    why: (label: string) => `Why does ${label} fall?`,
    whyNote: "shown in Lineage",
    status: (label: string | null) => (label ? `Status of ${label}` : "Status of the new decision"),
    explain: {
      accepted: (old: string) => `${old} is marked in the same commit, so there is never a gap without a decision.`,
      open: (old: string) => `${old} stays as it is. When the new decision is accepted, ${old} is marked.`,
    },
    carry: (label: string) => `Carry over from ${label}`,
    carryPaths: (count: number) => (count > 0 ? counted(count, "bound path") : "Bound paths"),
    carryScope: "Scope and tags",
    carryContext: "Context section, as a starting point",
    afterwards: "Afterwards",
    footer: "Both files are staged in Changes. You write the commit there.",
    footerOne: "The new file is staged in Changes. You write the commit there.",
    edit: (label: string | null) => (label ? `Create and edit ${label}` : "Create and edit"),
    stage: "Create and stage",
    empty: "Give the new decision a title to see what will be written.",
    done: (label: string, old: string) => `${label} created. ${old} marked superseded.`,
    doneOpen: (label: string, old: string) => `${label} created. ${old} stays in force until it is accepted.`,
  },

  status: {
    titles: { proposed: "Propose", accepted: "Accept", rejected: "Reject", deprecated: "Deprecate" },
    title: (verb: string, label: string) => `${verb} ${label}`,
    leads: {
      proposed: "Says that it is ready for others to judge.",
      accepted: "From now on it is in force.",
      rejected: "It was considered and turned down. The record stays.",
      deprecated: "It no longer holds, and nothing takes its place.",
    },
    done: {
      proposed: (label: string) => `${label} proposed`,
      accepted: (label: string) => `${label} accepted`,
      rejected: (label: string) => `${label} rejected`,
      deprecated: (label: string) => `${label} deprecated`,
    },
  },
};
