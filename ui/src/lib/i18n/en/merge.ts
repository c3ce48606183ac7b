import { counted } from "../plural";

// Two versions of a record: looked at side by side, or brought together.
export const merge = {
  view: "View",
  views: { differences: "Differences", merge: "Merged" },
  lead: (conflicts: number) =>
    conflicts === 0 ? "The changes lie in different places; both are kept." : "Where both changed the same lines, choose. Everything else is kept from both.",
  bring: "Merge",
  use: "Use the merged text",
  unchanged: (lines: number) => counted(lines, "unchanged line", "unchanged lines"),
  conflict: (at: number, of: number) => `Conflict ${String(at)} of ${String(of)}`,
  choose: "Which text stays",
  choices: { mine: "Yours", theirs: "On disk", both: "Both" },
  yours: "Yours",
  theirs: "On disk",
  fromYours: "From yours",
  fromTheirs: "From disk",
  removed: "Taken out",
  left: (left: number, of: number) => (left === 0 ? "All settled" : `${String(left)} of ${String(of)} left to settle`),
};
