import { flushSync } from "svelte";
import { afterEach, expect, it } from "vitest";

import { layout } from "./layout.svelte";
import { navigation, type Screen } from "./navigation.svelte";
import { prefs } from "./prefs.svelte";
import { sidebar } from "./sidebar.svelte";

const at = (screen: Screen): boolean => {
  navigation.reset({ screen, path: null });
  flushSync();
  return sidebar.rail;
};

afterEach(() => {
  prefs.rails.value = {};
  layout.resized(1440);
});

it("starts on the rail where the width is needed, and remembers each screen by itself", () => {
  expect((["library", "search", "editor", "changes", "lineage"] as const).map(at)).toEqual([false, false, true, true, true]);
  at("changes");
  sidebar.toggle();
  expect(sidebar.rail).toBe(false);
  expect((["library", "editor", "changes"] as const).map(at)).toEqual([false, true, false]);
  at("search");
  sidebar.toggle();
  expect((["library", "search", "lineage"] as const).map(at)).toEqual([true, true, true]);
});

it("is the rail in a narrow window, whatever was chosen", () => {
  expect(at("library")).toBe(false);
  layout.resized(900);
  expect(sidebar.rail).toBe(true);
  layout.resized(1440);
  expect(sidebar.rail).toBe(false);
});
