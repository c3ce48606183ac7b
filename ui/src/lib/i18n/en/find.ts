import { counted } from "../plural";

// Find and replace in the source.
export const find = {
  title: "Find and replace",
  find: "Find",
  replace: "Replace with",
  matchCase: "Match case",
  wholeWord: "Whole words",
  regex: "Regular expression",
  previous: "Previous match",
  next: "Next match",
  close: "Close",
  replaceOne: "Replace",
  replaceAll: "Replace all",
  badPattern: "Not a regular expression yet",
  matches: ({ count, at, more }: { count: number; at: number; more: boolean }) =>
    count === 0 ? "No match" : at > 0 ? `${String(at)} of ${String(count)}${more ? "+" : ""}` : `${counted(count, "match", "matches")}${more ? " or more" : ""}`,
  replaced: (count: number) => `${count === 0 ? "Nothing" : counted(count, "match", "matches")} replaced`,
};
