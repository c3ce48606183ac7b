// Links that open the app at a record. How they are read stands in crates/core/src/deep_link.rs.

/** `precedent://open?repo=…&ref=…#heading` */
export function linkTo(root: string, reference: string, heading: string | null): string {
  const query = new URLSearchParams({ repo: root, ref: reference });
  return `precedent://open?${query.toString()}${heading === null ? "" : `#${encodeURIComponent(heading)}`}`;
}

export const isAppLink = (text: string): boolean => /^precedent:/i.test(text.trim());
