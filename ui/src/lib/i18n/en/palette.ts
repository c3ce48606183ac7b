import { counted } from "../plural";

export const palette = {
  name: "Command palette",
  input: "Search or run anything",
  inputDecisions: "Go to a decision",
  results: "Results",
  groups: { record: (label: string) => `On ${label}`, recent: "Recent decisions", decisions: "Decisions", commands: "Commands", body: "In the text" },
  counts: (decisions: number, commands: number) => [decisions > 0 ? counted(decisions, "decision") : "", commands > 0 ? counted(commands, "command") : ""].filter(Boolean).join(", "),
  nothing: (query: string) => `Nothing matches “${query}”`,
  nothingHint: "Try fewer letters, or a number.",
  open: "Open",
  run: "Run",
  prefixCommands: "commands",
  prefixNumber: "number",
  scope: "scope",
  tag: "tag",
};
