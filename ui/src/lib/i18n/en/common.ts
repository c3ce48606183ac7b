// Words that several screens share.

export const common = {
  appName: "Precedent",
  windowTitle: (name: string) => `${name} – Precedent`,
  andMore: (count: number) => `and ${String(count)} more`,
  back: "Back",
  forward: "Forward",
  cancel: "Cancel",
  close: "Close",
  clear: "Clear",
  copy: "Copy",
  copied: "Copied",
  create: "Create",
  dismiss: "Dismiss",
  edit: "Edit",
  more: "More actions",
  open: "Open",
  remove: "Remove",
  save: "Save",
  supersede: "Supersede",
  tryAgain: "Try again",
  undo: "Undo",
  untitled: "Untitled",
  /** Between the parts of a meta line. */
  dot: "·",
  unexpected: "Something went wrong that Precedent did not expect.",
  adr: (label: string) => (/^\d/.test(label) ? `ADR-${label}` : label),
};

/** Status words, and what stands for a record without one. */
export const status = {
  draft: "Draft",
  proposed: "Proposed",
  accepted: "Accepted",
  rejected: "Rejected",
  deprecated: "Deprecated",
  superseded: "Superseded",
  other: "Other",
  none: "No status",
};

export const keys = {
  then: "then",
  ctrl: "Ctrl",
  shift: "Shift",
  alt: "Alt",
  enter: "Enter",
  escape: "Esc",
  space: "Space",
  backspace: "Backspace",
  delete: "Delete",
  home: "Home",
  end: "End",
  pageup: "PgUp",
  pagedown: "PgDn",
  tab: "Tab",
};
