// How the editor's panes are laid out; the record's form, its source, or both with the preview.
export type Layout = "form" | "source" | "all";
