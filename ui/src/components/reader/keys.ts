// Keys of the reader itself: pages. Headings, the chain and acts on the record are actions, dispatched by lib/keys.

export function readerKey(event: KeyboardEvent, page: HTMLElement): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key !== " " || event.target !== page) return false;
  const step = page.clientHeight * 0.9;
  page.scrollTop += event.shiftKey ? -step : step;
  return true;
}

/** To the next heading of the text that is read, or the one before. */
export function stepHeading(by: -1 | 1): void {
  const page = document.activeElement?.closest('[data-keys~="reader"]');
  const text = page?.matches("article") ? page : page?.querySelector("article");
  if (text instanceof HTMLElement) nextHeading(text, by);
}

function nextHeading(page: HTMLElement, by: -1 | 1): void {
  const top = page.getBoundingClientRect().top;
  const offsets = [...page.querySelectorAll(".prose :is(h1, h2, h3, h4, h5, h6)")].map((heading) => heading.getBoundingClientRect().top - top);
  const target = by === 1 ? offsets.find((offset) => offset > 24) : offsets.findLast((offset) => offset < 8);
  if (target !== undefined) page.scrollTop += target - 16;
  else if (by === -1) page.scrollTop = 0;
}
