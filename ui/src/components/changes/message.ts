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
