import { beforeEach, describe, expect, it } from "vitest";

import { capsOf, chordOf, isSingleKey, usePlatform } from "./chord";

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

function check(press: Partial<typeof none> & { key: string }, chord: string) {
  expect(chordOf({ ...none, ...press })).toBe(chord);
}

describe("chordOf", () => {
  beforeEach(() => usePlatform("linux"));

  it("names what is pressed in one order", () => {
    check({ key: "k", ctrlKey: true }, "mod+k");
    check({ key: "F", ctrlKey: true, shiftKey: true }, "mod+shift+f");
    check({ key: "ArrowLeft", altKey: true }, "alt+left");
    check({ key: "F6", shiftKey: true }, "shift+f6");
    check({ key: "N", shiftKey: true }, "shift+n");
  });

  it("leaves out the shift that only makes the character", () => {
    check({ key: "?", shiftKey: true }, "?");
    check({ key: "]" }, "]");
  });

  it("uses the command key on macOS", () => {
    usePlatform("macos");
    check({ key: "k", metaKey: true }, "mod+k");
    check({ key: "k", ctrlKey: true }, "ctrl+k");
  });
});

describe("isSingleKey", () => {
  it("knows which keys must not act while someone types", () => {
    for (const chord of ["j", "shift+c", "g l", "?", "[", "1"]) expect(isSingleKey(chord), chord).toBe(true);
    for (const chord of ["mod+k", "alt+left", "f6", "escape", "shift+f10", "enter"]) expect(isSingleKey(chord), chord).toBe(false);
  });
});

describe("capsOf", () => {
  it("speaks the platform's language", () => {
    usePlatform("linux");
    expect(capsOf("mod+shift+f")).toEqual(["Ctrl", "Shift", "F"]);
    expect(capsOf("alt+left")).toEqual(["Alt", "←"]);
    usePlatform("macos");
    expect(capsOf("mod+k")).toEqual(["⌘", "K"]);
  });
});
