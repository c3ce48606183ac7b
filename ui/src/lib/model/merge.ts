// Two versions of a record brought together: what is settled, what is left, and the text that comes of it. Pure values.
import type { MergeBlock } from "../ipc/bindings";

/** How a conflict is settled. */
export type Choice = "mine" | "theirs" | "both";

/** Choices by the index of their block. */
export type Choices = Readonly<Record<number, Choice>>;

export function conflictsOf(blocks: readonly MergeBlock[]): number[] {
  return blocks.flatMap((block, at) => (block.side === "conflict" ? [at] : []));
}

/** How many conflicts wait for a choice. */
export function leftOf(blocks: readonly MergeBlock[], choices: Choices): number {
  return conflictsOf(blocks).filter((at) => choices[at] === undefined).length;
}

/** The text; an open conflict stands as the writer has it, so that nothing is lost before it is settled. */
export function mergedText(blocks: readonly MergeBlock[], choices: Choices): string {
  return blocks.map((block, at) => textOf(block, choices[at])).join("");
}

function textOf(block: MergeBlock, choice: Choice | undefined): string {
  if (block.side === "theirs") return block.theirs;
  if (block.side !== "conflict") return block.mine;
  if (choice === "theirs") return block.theirs;
  return choice === "both" ? `${withBreak(block.mine, block.theirs)}${block.theirs}` : block.mine;
}

/** A last line without its break gets the other side's before more follows. */
function withBreak(text: string, other: string): string {
  if (text === "" || text.endsWith("\n") || other === "") return text;
  return `${text}${other.includes("\r\n") ? "\r\n" : "\n"}`;
}

/** Lines of a text without their breaks; none for no text. */
export function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
}
