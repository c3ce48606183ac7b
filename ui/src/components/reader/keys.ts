// Keys of the reader itself: pages, headings. Chain and record actions are dispatched by lib/keys.

export function readerKey(event: KeyboardEvent, page: HTMLElement, singleKeys: boolean): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.target !== page && event.key === " ") return false;
  const step = page.clientHeight * 0.9;
  switch (event.key) {
    case " ":
      page.scrollTop += event.shiftKey ? -step : step;
      return true;
    case "h":
    case "H":
      if (singleKeys) nextHeading(page, event.shiftKey ? -1 : 1);
      return singleKeys;
    default:
      return false;
  }
}

function nextHeading(page: HTMLElement, by: -1 | 1): void {
  const top = page.getBoundingClientRect().top;
  const offsets = [...page.querySelectorAll(".prose :is(h1, h2, h3, h4, h5, h6)")].map((heading) => heading.getBoundingClientRect().top - top);
  const target = by === 1 ? offsets.find((offset) => offset > 24) : offsets.findLast((offset) => offset < 8);
  if (target !== undefined) page.scrollTop += target - 16;
  else if (by === -1) page.scrollTop = 0;
}
