import { expect, test } from "vitest";

import { initials } from "./about";

test.each([
  ["Dana Reyes", "DR"],
  ["  Lee  van Okafor ", "LO"],
  ["ines", "IN"],
  ["", ""],
  ["Émile Ösz", "ÉÖ"],
])("initials of %j", (name, expected) => {
  expect(initials(name)).toBe(expected);
});
