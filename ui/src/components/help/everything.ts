// Every action there is, also those of screens that are not shown: what the shortcuts sheet and the settings of keys list.
import { type Action, actions, withOwnKeys } from "../../lib/actions/actions.svelte";
import { t } from "../../lib/i18n/messages";
import { changesActions } from "../changes/actions";
import { editorActions } from "../editor/actions";
import { governanceActions } from "../governance/actions";
import { lineageActions } from "../lineage/actions";

/** Stands for a screen that is not there: names and keys are read, nothing is run. */
const absent = <T extends object>(): T => new Proxy({}, { get: () => () => undefined }) as T;

function ofOtherScreens(): Action[] {
  const search: Action[] = [
    { id: "match.next", group: "search", keys: ["n"], contexts: ["list", "reader"], hidden: true, title: () => t.search.nextMatch, run: () => undefined },
    { id: "match.previous", group: "search", keys: ["shift+n"], contexts: ["list", "reader"], hidden: true, title: () => t.search.previousMatch, run: () => undefined },
  ];
  // Digits go to the record of a number in every list.
  const digits: Action = { id: "list.number", group: "view", keys: [..."0123456789"], contexts: ["list"], hidden: true, fixed: true, title: () => t.help.rows.number, run: () => undefined };
  return [digits, ...editorActions(absent()), ...changesActions(absent()), ...lineageActions(absent()), ...governanceActions(absent()), ...search];
}

/** As registered, with the keys they have from the start. */
export function allActions(): Action[] {
  const elsewhere = ofOtherScreens();
  const own = new Set(elsewhere.map((action) => action.id));
  // What only stands for a screen's action knows none of its keys.
  const here = actions.registered.filter((action) => !action.standIn || !own.has(action.id));
  const known = new Set(here.map((action) => action.id));
  return [...here, ...elsewhere.filter((action) => !known.has(action.id))];
}

/** With the user's own keys. */
export const allBound = (): Action[] => allActions().map(withOwnKeys);
