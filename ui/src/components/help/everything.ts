// Every action there is, also those of screens that are not shown: what the shortcuts sheet and the settings of keys list.
import { type Action, actions, withOwnKeys } from "../../lib/actions/actions.svelte";
import { t } from "../../lib/i18n/messages";
import { changesActions } from "../changes/actions";
import { editorActions } from "../editor/actions";
import { lineageActions } from "../lineage/actions";

/** Stands for a screen that is not there: names and keys are read, nothing is run. */
const absent = <T extends object>(): T => new Proxy({}, { get: () => () => undefined }) as T;

function ofOtherScreens(): Action[] {
  const search: Action[] = [
    { id: "match.next", group: "search", keys: ["n"], contexts: ["list", "reader"], hidden: true, title: () => t.search.nextMatch, run: () => undefined },
    { id: "match.previous", group: "search", keys: ["shift+n"], contexts: ["list", "reader"], hidden: true, title: () => t.search.previousMatch, run: () => undefined },
  ];
  return [...editorActions(absent()), ...changesActions(absent()), ...lineageActions(absent()), ...search];
}

/** As registered, with the keys they have from the start. */
export function allActions(): Action[] {
  const here = new Map(actions.registered.map((action) => [action.id, action]));
  return [...here.values(), ...ofOtherScreens().filter((action) => !here.has(action.id))];
}

/** With the user's own keys. */
export const allBound = (): Action[] => allActions().map(withOwnKeys);
