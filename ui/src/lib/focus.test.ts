import { afterEach, beforeEach, expect, it } from "vitest";

import { drawEverything } from "../test/window";
import { keepFocus } from "./focus";

drawEverything();
let stop: () => void;
beforeEach(() => {
  document.body.innerHTML = "";
  stop = keepFocus();
});
afterEach(() => { stop(); });

/** Puts HTML on the page, focuses `from`, takes `gone` out; the answer is the id of what has the focus then. */
async function after(html: string, from: string, gone: string = from): Promise<string> {
  document.body.innerHTML = html;
  document.querySelector<HTMLElement>(from)?.focus();
  document.querySelector(gone)?.remove();
  await new Promise((done) => setTimeout(done, 5));
  return document.activeElement?.id ?? "";
}

const CHIPS = '<section data-pane="List"><div><span><button id="a"></button></span><span><button id="b"></button></span><span><button id="c"></button></span></div><ul id="tree" tabindex="0" data-pane-focus></ul></section>';

it("goes on beside what was taken away: what moved up into its place, else what stood before it", async () => {
  expect(await after(CHIPS, "#b", "span:nth-child(2)")).toBe("c");
  expect(await after(CHIPS, "#c", "span:nth-child(3)")).toBe("b");
});

it("goes to the pane's own list when the whole row is gone", async () => {
  expect(await after(CHIPS, "#a", "section > div")).toBe("tree");
});

it("goes back to where the focus was before, when what closed lay over the panes", async () => {
  document.body.innerHTML = '<main><section data-pane="P"><button id="before"></button></section></main><div><button id="toast"></button></div>';
  document.getElementById("before")?.focus();
  document.getElementById("toast")?.focus();
  document.querySelector("body > div")?.remove();
  await new Promise((done) => setTimeout(done, 5));
  expect(document.activeElement?.id).toBe("before");
});

it("keeps to the text that one reads in", async () => {
  expect(await after('<section data-pane="P"><article id="page" tabindex="0" data-pane-focus><p><a id="link" href="#x">x</a></p><p><a id="other" href="#y">y</a></p></article></section>', "#link", "p")).toBe("page");
});

it("goes to the text of the pane beside one that was closed", async () => {
  expect(await after('<main><div><section data-pane="Source"><button id="bold"></button><div id="source" tabindex="0" data-pane-focus></div></section><section id="preview" data-pane="Preview"><button id="x"></button></section></div></main>', "#x", "#preview")).toBe("source");
});

it("leaves it to another screen where to begin", async () => {
  document.body.innerHTML = '<main><div data-screen="library"><section data-pane="List"><button id="x"></button></section></div></main>';
  document.getElementById("x")?.focus();
  const main = document.querySelector("main");
  if (main) main.innerHTML = '<div data-screen="changes"><section data-pane="Changes"><button id="first"></button><ul id="list" tabindex="0" data-pane-focus></ul></section></div>';
  await new Promise((done) => setTimeout(done, 5));
  // Not the first button that stands where the old one stood; the screen itself knows better.
  expect(document.activeElement).toBe(document.body);
});

it("stays inside an open dialog", async () => {
  expect(await after('<button id="out"></button><dialog open><div><button id="x"></button></div><button id="y"></button></dialog>', "#x", "dialog > div")).toBe("y");
});

it("leaves alone what was only left", async () => {
  document.body.innerHTML = '<button id="a"></button><i></i>';
  document.getElementById("a")?.focus();
  document.getElementById("a")?.blur();
  document.querySelector("i")?.remove();
  await new Promise((done) => setTimeout(done, 5));
  expect(document.activeElement).toBe(document.body);
});
