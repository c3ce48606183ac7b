import { beforeEach, expect, it } from "vitest";

import { navigation } from "./navigation.svelte";

const at = (path: string) => ({ screen: "library" as const, path });

beforeEach(() => navigation.reset());

it("goes back and forward, and drops what lay ahead on a new step", async () => {
  await navigation.go(at("a"));
  await navigation.go(at("b"));
  await navigation.back();
  expect(navigation.place.path).toBe("a");
  expect(navigation.canForward).toBe(true);
  await navigation.forward();
  expect(navigation.place.path).toBe("b");
  await navigation.back();
  await navigation.go(at("c"));
  expect(navigation.canForward).toBe(false);
  await navigation.back();
  expect(navigation.place.path).toBe("a");
});

it("follows a file that another program renamed, but in the editor", async () => {
  await navigation.go(at("a"));
  await navigation.go({ screen: "editor", path: "a" });
  navigation.renamed(new Map([["a", "b"]]));
  expect(navigation.place.path).toBe("a");
  await navigation.back();
  expect(navigation.place.path).toBe("b");
});

it("does not remember going where one already is, nor moves within a list", async () => {
  await navigation.go(at("a"));
  await navigation.go(at("a"));
  navigation.replace(at("b"));
  await navigation.back();
  expect(navigation.place.path).toBeNull();
  expect(navigation.canBack).toBe(false);
});

it("stays when the guard says no", async () => {
  const release = navigation.guard(() => false);
  expect(await navigation.go(at("a"))).toBe(false);
  expect(navigation.place.path).toBeNull();
  release();
  expect(await navigation.go(at("a"))).toBe(true);
});
