import { counted } from "../plural";

// The log as it stood at a day or revision.
export const past = {
  title: "Decisions as of",
  lead: "The list and the records as git has them at the end of a day, or at a branch, tag or commit. Nothing is changed.",
  field: "Day or revision",
  hint: "A day such as 2025-05-03, a branch, a tag or a commit.",
  show: "Show",
  showing: "Looking it up",
  empty: "Say which day or revision.",
  banner: (when: string) => `As of ${when}.`,
  readOnlyShort: "Read-only.",
  summary: (decisions: number, inForce: number) => `${counted(decisions, "decision")}, ${String(inForce)} in force.`,
  commit: (short: string, subject: string) => `Commit ${short}: ${subject}`,
  back: "Back to today",
  other: "Another day…",
  control: "Decisions as of…",
  search: "Filter what stood then by title, number, tag or person",
  searchToday: (when: string) => `These are today’s records, not those of ${when}.`,
  readOnly: "the past is read-only; go back to today first",
  notThere: (name: string) => `${name} was not there then.`,
  announced: (when: string) => `Decisions as of ${when}, read-only`,
  announcedBack: "Back to today",
};
