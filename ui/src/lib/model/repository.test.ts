import { expect, it } from "vitest";

import { ownerOf, parentOf } from "./repository";

it("knows whose repository it is", () => {
  const check = (expected: string | null, ...remotes: string[]) => { expect(ownerOf("/home/ann/src/shop", remotes)).toBe(expected); };
  check("quayside", "https://github.com/quayside/shop.git");
  check("quayside", "git@github.com:quayside/shop.git");
  check("sub", "ssh://git@gitlab.com:2222/group/sub/shop");
  check("src", "/srv/git/shop.git");
  check("src", "file:///srv/git/shop.git");
  check("src");
  expect([parentOf("/shop"), parentOf("C:\\work\\shop")]).toEqual([null, "work"]);
});
