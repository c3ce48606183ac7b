import { expect, it } from "vitest";

import { isAppLink, linkTo } from "./app-link";

// The first two are read by the tests of crates/core/src/deep_link.rs.
it("writes what the app reads", () => {
  expect(linkTo("/home/me/shop", "ADR-0121", null)).toBe("precedent://open?repo=%2Fhome%2Fme%2Fshop&ref=ADR-0121");
  expect(linkTo("/a b", "docs/1 & 2.md", "café")).toBe("precedent://open?repo=%2Fa+b&ref=docs%2F1+%26+2.md#caf%C3%A9");
});

it("knows its own links", () => {
  expect(isAppLink(" precedent://open?repo=/a")).toBe(true);
  expect(isAppLink("> precedent:")).toBe(false);
});
