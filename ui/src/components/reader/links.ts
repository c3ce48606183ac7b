// What a link in a record's body means. Records come from strangers: nothing but these three kinds ever leaves the page.

export type BodyLink = { kind: "record"; path: string; anchor: string | null } | { kind: "anchor"; anchor: string } | { kind: "external"; url: string };

export function linkOf(element: HTMLElement): BodyLink | null {
  const { path, anchor, src } = element.dataset;
  if (element.classList.contains("citation") && path) return { kind: "record", path, anchor: anchor ?? null };
  if (src && isWeb(src)) return { kind: "external", url: src };
  const href = element.getAttribute("href");
  if (!href) return null;
  if (href.startsWith("#")) return { kind: "anchor", anchor: href.slice(1) };
  return isWeb(href) ? { kind: "external", url: href } : null;
}

function isWeb(url: string): boolean {
  return /^(https?:\/\/|mailto:)/i.test(url);
}
