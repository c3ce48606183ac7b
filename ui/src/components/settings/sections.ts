// Sections of Settings, in their order.
export const SECTIONS = ["general", "editor", "keys", "git", "display", "shared", "privacy"] as const;
export type Section = (typeof SECTIONS)[number];
