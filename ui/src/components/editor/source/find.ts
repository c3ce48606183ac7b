// Find and replace over the source: CodeMirror searches, the panel is ours.
import { closeSearchPanel, findNext, findPrevious, getSearchQuery, replaceAll, replaceNext, search, type SearchQuery, setSearchQuery } from "@codemirror/search";
import type { EditorState, Extension } from "@codemirror/state";
import type { EditorView, Panel, ViewUpdate } from "@codemirror/view";
import { flushSync, mount, unmount } from "svelte";

import FindPanel from "../FindPanel.svelte";

/** Matches are counted up to this many. */
const MOST = 9_999;

export interface Matches {
  count: number;
  /** Which of them is selected, from 1; 0 when none is. */
  at: number;
  more: boolean;
}

export const NO_MATCHES: Matches = { count: 0, at: 0, more: false };

/** How many matches there are and which one is selected. */
export function matchesOf(state: EditorState, query: SearchQuery): Matches {
  if (!query.valid) return NO_MATCHES;
  const { from, to } = state.selection.main;
  const found = { ...NO_MATCHES };
  const cursor = query.getCursor(state);
  for (let next = cursor.next(); !next.done; next = cursor.next()) {
    if (found.count >= MOST) return { ...found, more: true };
    found.count += 1;
    if (next.value.from === from && next.value.to === to) found.at = found.count;
  }
  return found;
}

/** What the panel asks of the source. */
export interface Finder {
  query(): SearchQuery;
  ask(query: SearchQuery): void;
  step(by: 1 | -1): void;
  replaceOne(): void;
  /** How many were replaced. */
  replaceEvery(): number;
  close(): void;
}

function finderOf(view: EditorView): Finder {
  const query = (): SearchQuery => getSearchQuery(view.state);
  return {
    query,
    ask: (next) => {
      if (!next.eq(query())) view.dispatch({ effects: setSearchQuery.of(next) });
    },
    step: (by) => void (by === 1 ? findNext(view) : findPrevious(view)),
    replaceOne: () => void replaceNext(view),
    replaceEvery: () => {
      const { count } = matchesOf(view.state, query());
      return replaceAll(view) ? count : 0;
    },
    close: () => {
      closeSearchPanel(view);
      view.focus();
    },
  };
}

function panel(view: EditorView): Panel {
  const dom = document.createElement("div");
  const finder = finderOf(view);
  const shown = mount(FindPanel, { target: dom, props: { finder, first: matchesOf(view.state, finder.query()) } });
  // The field has to be there when CodeMirror goes to it.
  flushSync();
  return {
    dom,
    top: true,
    mount: () => { shown.take(finder.query()); },
    update: (update: ViewUpdate) => {
      const asked = update.transactions.some((transaction) => transaction.effects.some((effect) => effect.is(setSearchQuery)));
      if (asked || update.docChanged || update.selectionSet) shown.tell(matchesOf(update.state, getSearchQuery(update.state)));
      if (asked) shown.follow(getSearchQuery(update.state));
    },
    destroy: () => void unmount(shown),
  };
}

export function find(): Extension {
  return search({ top: true, createPanel: panel });
}
