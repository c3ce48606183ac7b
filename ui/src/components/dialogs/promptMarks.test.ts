import { expect, test } from "vitest";
import { markPrompts } from "./promptMarks";

function check(html: string, expected: string): void {
  const root = document.createElement("div");
  root.innerHTML = html;
  markPrompts(root);
  expect(root.innerHTML).toBe(expected);
}

test("prompts lose their braces", () => check("<p>Chosen: {title of it}, because {why}.</p>", '<p>Chosen: <em class="prompt">title of it</em>, because <em class="prompt">why</em>.</p>'));
test("text without prompts stays", () => check("<p>Plain {} text</p>", "<p>Plain {} text</p>"));
test("code keeps its braces", () => check("<pre><code>f({abc})</code></pre>", "<pre><code>f({abc})</code></pre>"));
test("what looks like markup stays text", () => check("<p>{&lt;img src=x&gt;}</p>", '<p><em class="prompt">&lt;img src=x&gt;</em></p>'));
