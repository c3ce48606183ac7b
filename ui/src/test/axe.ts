// Accessibility of a rendered part. Colours are checked in the real window; jsdom has no layout.
import axe from "axe-core";
import { expect } from "vitest";

export async function expectAccessible(element: Element): Promise<void> {
  const result = await axe.run(element, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], rules: { "color-contrast": { enabled: false } } });
  expect(result.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}
