import { afterEach, expect, it } from "vitest";

import { frame } from "./frame.svelte";
import { navigation } from "./navigation.svelte";
import { refocus } from "./refocus";

afterEach(() => {
  frame.searchTaken();
  frame.readerTaken();
});

it("leaves the search field its focus when a record arrives later", () => {
  navigation.reset({ screen: "library", path: "0001-a.md" });
  frame.wantReader();
  frame.wantSearch();
  expect([frame.readerWanted, frame.searchWanted]).toEqual([false, true]);
  refocus();
  expect(frame.readerWanted).toBe(false);
});
