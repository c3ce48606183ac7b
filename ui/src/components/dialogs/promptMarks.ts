// Prompts of a template (`{describe the context}`) as people read them: in italics, without the braces that mark them in the file.

const PROMPT = /\{([^{}]{3,})\}/;

/** Replaces the prompts in the text of `root`; code keeps its braces. */
export function markPrompts(root: Element): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) => (node.parentElement?.closest("code, pre") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) markOne(text);
}

function markOne(text: Text): void {
  // Splitting keeps the captured prompts at odd places.
  const parts = text.data.split(new RegExp(PROMPT, "g"));
  if (parts.length === 1) return;
  text.replaceWith(
    ...parts.map((part, index) => {
      if (index % 2 === 0) return document.createTextNode(part);
      const prompt = document.createElement("em");
      prompt.className = "prompt";
      prompt.textContent = part;
      return prompt;
    }),
  );
}
