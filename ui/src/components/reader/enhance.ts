// Makes a record's safe HTML alive after it is in the page: status glyphs on citations, heading anchors, table regions,
// copy buttons, remote images as buttons; colours and diagrams arrive later, by import(), only where they are needed.
import { mount, unmount } from "svelte";
import type { Attachment } from "svelte/attachments";

import { copyText } from "../../lib/clipboard";
import { t } from "../../lib/i18n/messages";
import type { StatusWord } from "../../lib/ipc/bindings";
import { announcer } from "../../lib/state/announcer.svelte";
import StatusGlyph from "../shared/StatusGlyph.svelte";

const STATUSES = new Set<string>(["draft", "proposed", "accepted", "rejected", "deprecated", "superseded", "other"]);

export function enhance(theme: "light" | "dark"): Attachment<HTMLDivElement> {
  return (root) => {
    const undo: (() => void)[] = [];
    citations(root, undo);
    anchors(root);
    tables(root);
    images(root);
    const diagrams = [...root.querySelectorAll<HTMLElement>("pre > code.language-mermaid")];
    const code = [...root.querySelectorAll<HTMLElement>("pre > code")].filter((block) => !diagrams.includes(block));
    code.forEach(copyButton);
    let left = false;
    undo.push(() => (left = true));
    const still = () => !left;
    const coloured = code.filter((block) => block.className.includes("language-"));
    if (coloured.length > 0) void import("./highlight").then(({ highlight }) => still() && highlight(coloured));
    if (diagrams.length > 0) void import("./diagrams").then(({ draw }) => draw(diagrams, theme, still));
    return () => undo.forEach((step) => step());
  };
}

function citations(root: HTMLElement, undo: (() => void)[]): void {
  for (const link of root.querySelectorAll<HTMLAnchorElement>("a.citation")) {
    const word = link.dataset.status ?? "";
    const status = STATUSES.has(word) ? (word as StatusWord) : null;
    link.href = "#record";
    link.classList.toggle("number", /^(ADR[- ]?)?[\d-]+$/i.test(link.textContent.trim()));
    const glyph = mount(StatusGlyph, { target: link, anchor: link.firstChild ?? undefined, props: { status, size: 11, surface: "var(--c-bg-page)" } });
    undo.push(() => void unmount(glyph));
  }
  for (const span of root.querySelectorAll<HTMLElement>(".citation-missing")) {
    span.classList.add("unresolved");
    span.title = t.reader.unresolved;
  }
}

function anchors(root: HTMLElement): void {
  for (const heading of root.querySelectorAll<HTMLElement>(":is(h1, h2, h3, h4, h5, h6)[id]")) {
    const link = document.createElement("a");
    link.className = "anchor";
    link.href = `#${heading.id}`;
    link.textContent = "#";
    link.tabIndex = -1;
    link.setAttribute("aria-label", t.reader.headingLink(heading.textContent));
    heading.append(link);
  }
}

function tables(root: HTMLElement): void {
  for (const table of root.querySelectorAll("table")) {
    const region = document.createElement("div");
    region.className = "table-scroll";
    region.tabIndex = 0;
    region.setAttribute("role", "region");
    region.setAttribute("aria-label", t.reader.table);
    table.replaceWith(region);
    region.append(table);
  }
}

function images(root: HTMLElement): void {
  for (const span of root.querySelectorAll<HTMLElement>("span.remote-image")) {
    const src = span.dataset.src ?? "";
    const text = document.createElement("span");
    text.textContent = span.textContent === "" ? t.reader.remoteImage(hostOf(src)) : span.textContent;
    text.title = src;
    const open = document.createElement("button");
    open.type = "button";
    open.className = "link";
    open.dataset.src = src;
    open.textContent = t.reader.openImage;
    span.replaceChildren(text, open);
  }
  for (const image of root.querySelectorAll("img")) {
    const replace = () => image.replaceWith(missing(image.alt));
    if (image.complete && image.naturalWidth === 0 && image.getAttribute("src")) replace();
    else image.addEventListener("error", replace, { once: true });
    if (image.closest("a")) continue;
    // A closer look: the text's own click handler opens it, so the keyboard only has to click.
    image.tabIndex = 0;
    image.setAttribute("role", "button");
    image.setAttribute("aria-label", t.reader.lookAt(image.alt));
    image.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      image.click();
    });
  }
}

function missing(alt: string): HTMLElement {
  const span = document.createElement("span");
  span.className = "missing-image";
  span.textContent = t.reader.missingImage(alt);
  return span;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

const COPY_ICON = `<svg width="14" height="14" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><rect width="14" height="14" x="8" y="8" rx="2"/><path d="M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2"/></svg>`;

function copyButton(code: HTMLElement): void {
  const block = code.parentElement;
  if (!block) return;
  const frame = document.createElement("div");
  frame.className = "code-block";
  block.replaceWith(frame);
  block.tabIndex = 0;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "code-copy";
  button.title = t.reader.copyCode;
  button.setAttribute("aria-label", t.reader.copyCode);
  button.innerHTML = COPY_ICON;
  button.addEventListener("click", () => void copyText(code.textContent).then((done) => done && announcer.say(t.reader.codeCopied)));
  frame.append(block, button);
}
