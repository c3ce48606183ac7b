import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { keepsFocus } from "./keepsFocus";

const root = document.createElement("div");
const one = (selector: string): HTMLElement => {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};
let leave: () => void;

beforeEach(() => {
  document.body.append(root);
  root.innerHTML = "<button class=a>a</button><button class=b>b</button><ul></ul>";
  leave = keepsFocus(() => root.querySelector<HTMLElement>("[aria-selected=true]"))(root);
});
afterEach(() => {
  leave();
  root.remove();
});

test("goes on where the screen says when what had the focus is gone", async () => {
  one("ul").innerHTML = "<li tabindex=0 aria-selected=true>x</li>";
  one(".a").focus();
  one(".a").remove();
  await vi.waitFor(() => expect(document.activeElement).toBe(one("li")));
});

test("waits for the place to go on at", async () => {
  one(".a").focus();
  one(".a").remove();
  await Promise.resolve();
  expect(document.activeElement).toBe(document.body);
  one("ul").innerHTML = "<li tabindex=0 aria-selected=true>x</li>";
  await vi.waitFor(() => expect(document.activeElement).toBe(one("li")));
});

test("takes nothing from who went elsewhere, or left by a click", async () => {
  one("ul").innerHTML = "<li tabindex=0 aria-selected=true>x</li>";
  one(".a").focus();
  one(".b").focus();
  one(".a").remove();
  await Promise.resolve();
  expect(document.activeElement).toBe(one(".b"));
  one(".b").blur();
  await Promise.resolve();
  one(".b").remove();
  await new Promise((done) => setTimeout(done));
  expect(document.activeElement).toBe(document.body);
});
