// Screens and dialogs that load when they are first needed, so that the first paint carries only Library and Search.
import type { Component } from "svelte";

type Loader = () => Promise<{ default: Component }>;

const VIEWS = {
  editor: () => import("./Editor.svelte"),
  changes: () => import("./Changes.svelte"),
} satisfies Record<string, Loader>;

const DIALOGS = {
  new: () => import("../components/dialogs/New.svelte"),
  supersede: () => import("../components/dialogs/Supersede.svelte"),
  status: () => import("../components/dialogs/Status.svelte"),
} satisfies Record<string, Loader>;

export const loadView = (name: keyof typeof VIEWS): Loader => VIEWS[name];
export const loadDialog = (name: keyof typeof DIALOGS): Loader => DIALOGS[name];
