// Where the keyboard goes on when the element that had the focus is gone.
import { focusMain } from "../panes";
import { frame } from "./frame.svelte";
import { navigation } from "./navigation.svelte";

/** To the record that is read, else to the list of the screen; nothing happens while something has the focus. */
export function refocus(): void {
  const { activeElement } = document;
  if (activeElement !== null && activeElement !== document.body) return;
  // Somebody asked for the search field, which is not there yet.
  if (frame.searchWanted) return;
  const { screen, path } = navigation.place;
  if (screen !== "library") focusMain();
  else if (path !== null) frame.wantReader();
  else frame.wantList();
}
