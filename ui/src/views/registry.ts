// Screens and dialogs that load when they are first needed, so that the first paint carries only the Library.
import type { Component } from "svelte";

type Loader = () => Promise<{ default: Component }>;

const views = import.meta.glob<{ default: Component }>(["./Editor.svelte", "./Changes.svelte"]);
const dialogs = import.meta.glob<{ default: Component }>("../components/dialogs/{New,Supersede,Status}.svelte");

/** Loader of a lazily loaded screen, null when this build has none. */
export const loadView = (name: "Editor" | "Changes"): Loader | null => views[`./${name}.svelte`] ?? null;

/** Loader of a lazily loaded dialog. */
export const loadDialog = (name: "New" | "Supersede" | "Status"): Loader | null => dialogs[`../components/dialogs/${name}.svelte`] ?? null;
