import { counted } from "../plural";

// The check of what is about to be committed: its verdict, and what it found.
export const checking = {
  name: "Check of this commit",
  introduces: (count: number) => `This commit introduces ${counted(count, "violation")}`,
  warns: (count: number) => `This commit introduces ${counted(count, "warning")}`,
  undecided: "It could not be decided whether this commit keeps the rules",
  faulty: "The rules themselves have an error",
  keeps: (count: number) => `Keeps ${counted(count, "rule")}`,
  unchecked: "This commit could not be checked.",
  governance: (count: number) => `This commit makes ${counted(count, "change")} to what binds`,
  decided: (title: string) => `Decided in “${title}”`,
  place: (path: string, line: number) => `${path}:${String(line)}`,
  remedy: (remedy: string) => `Instead: ${remedy}`,
  proposedWaiver: "Its waiver is in this commit: it has to land first.",
  show: (path: string, line: number) => `Show line ${String(line)} of ${path}`,
};
