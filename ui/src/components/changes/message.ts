// A commit message as git reads it: subject, body, trailers.

export interface MessageLine {
  kind: "subject" | "body" | "trailer";
  text: string;
}

const TRAILER = /^[A-Za-z][\w-]*: \S/;

/** Lines with what each is. Trailers are the last paragraph, when all of its lines look like one. */
export function messageLines(message: string): MessageLine[] {
  const lines = message.split("\n");
  let end = lines.length;
  while (end > 0 && lines[end - 1]?.trim() === "") end -= 1;
  let start = end;
  while (start > 0 && TRAILER.test(lines[start - 1] ?? "")) start -= 1;
  const isParagraph = start > 1 && start < end && lines[start - 1]?.trim() === "";
  return lines.map((text, index) => {
    if (index === 0) return { kind: "subject", text };
    return { kind: isParagraph && index >= start && index < end ? "trailer" : "body", text };
  });
}

/** Git tools show bodies of this width. */
export const BODY = 72;

/** Numbers (from 1) of body lines that are too long and can be broken: quoted and indented text, links and trailers stay. */
export function longLines(message: string): number[] {
  return messageLines(message).flatMap((line, index) => (line.kind === "body" && isLong(line.text) ? [index + 1] : []));
}

function isLong(text: string): boolean {
  return [...text].length > BODY && /\S\s+\S/.test(text) && !/^(\s{4}|\t|>)/.test(text);
}

/** The same message with its body broken at words. */
export function wrapped(message: string): string {
  const lines = messageLines(message).map((line) => (line.kind === "body" && isLong(line.text) ? broken(line.text) : line.text));
  return lines.join("\n");
}

function broken(text: string): string {
  const indent = /^\s*(?:[-*+] |\d+[.)] )?/.exec(text)?.[0] ?? "";
  const lines: string[] = [];
  let line = "";
  for (const word of text.slice(indent.length).split(/\s+/)) {
    const start = lines.length === 0 ? indent : " ".repeat(indent.length);
    const longer = line === "" ? start + word : `${line} ${word}`;
    if (line !== "" && [...longer].length > BODY) {
      lines.push(line);
      line = " ".repeat(indent.length) + word;
    } else line = longer;
  }
  return [...lines, line].join("\n");
}

/** Whether the message has this trailer. */
export function hasTrailer(message: string, trailer: string): boolean {
  return messageLines(message).some((line) => line.kind === "trailer" && line.text.trim() === trailer);
}

/** The message with one more trailer, or without it. */
export function withTrailer(message: string, trailer: string, on: boolean): string {
  if (hasTrailer(message, trailer) === on) return message;
  if (!on) return message.split("\n").filter((line) => line.trim() !== trailer).join("\n").trimEnd();
  const text = message.trimEnd();
  const last = messageLines(text).at(-1)?.kind;
  return `${text}${last === "trailer" ? "\n" : "\n\n"}${trailer}`;
}
