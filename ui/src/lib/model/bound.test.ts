import { expect, it } from "vitest";

import { decision } from "../../test/fixtures";
import { boundPaths } from "./bound";

it("lists patterns with who binds them: those that hold the words first, decisions in force before others", () => {
  const old = decision({ path: "docs/adr/0009-old.md", status: "superseded", applies_to: ["libs/money/**", "services/pay/**"] });
  const one = decision({ path: "docs/adr/0001-one.md", applies_to: ["libs/money/**", "!libs/money/test/**"] });
  const two = decision({ path: "docs/adr/0002-two.md", applies_to: ["libs/money/**"] });
  const found = boundPaths([old, one, two], "pay");
  expect(found.map(({ glob, decisions }) => [glob, decisions.map(({ label }) => label)])).toEqual([
    ["services/pay/**", ["0009"]],
    ["libs/money/**", ["0002", "0001", "0009"]],
  ]);
  expect(boundPaths([old, one, two], "")[0]?.glob).toBe("libs/money/**");
});
