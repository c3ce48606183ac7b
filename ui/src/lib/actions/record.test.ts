import { afterEach, beforeEach, expect, it } from "vitest";

import { decision } from "../../test/fixtures";
import { forgetHost } from "../../test/host";
import { openLog } from "../../test/window";
import { t } from "../i18n/messages";
import { editing, RecordEditor } from "../state/editor.svelte";
import { navigation } from "../state/navigation.svelte";
import { workspace } from "../state/workspace.svelte";
import { written } from "../../components/dialogs/written";
import { recordActions } from "./record";

const PATH = "docs/adr/0001-a.md";
const NEW = "docs/adr/0001-other.md";
let drafts: string[] = [];
beforeEach(async () => {
  drafts = [];
  await openLog([decision({ path: PATH })], () => "", {
    read_source: ({ path }) => ({ path, text: "# A\n", hash: "h", draft: null }),
    preview: () => ({ summary: decision({ path: PATH }), html: "", problems: [], words: 1 }) as never,
    keep_draft: ({ draft }) => (drafts.push(draft.path), null),
    drop_draft: ({ path }) => ((drafts = drafts.filter((one) => one !== path)), null),
    undo_list: () => [],
  });
  await navigation.go({ screen: "editor", path: PATH });
  editing.current = new RecordEditor(PATH);
  await editing.current.load();
});
afterEach(() => {
  editing.current = null;
  forgetHost();
});

const why = (id: string) => recordActions().find((action) => action.id === `decision.${id}`)?.unavailable?.() ?? null;
const ACTS = ["rename", "move", "renumber", "delete", "link", "amend", "supersede", "deprecated"];

it("acts on the file only when what is typed in its editor is saved", () => {
  expect(ACTS.map(why)).toEqual(ACTS.map(() => null));
  editing.current?.typed("# More\n");
  expect(ACTS.map(why)).toEqual(ACTS.map(() => t.actions.saveFirst));
  expect([why("copy-link"), why("edit")]).toEqual([null, null]);
});

it("goes on writing under the new name, and leaves no draft under the old one", async () => {
  const editor = editing.current;
  const change = { generation: 2, changed: [decision({ path: NEW, number: 7 })], removed: [PATH], logs: [], problems: [] };
  workspace.apply(change);
  // The editor on the screen is told before the dialog is.
  await editor?.diskChanged(change);
  expect(drafts).toEqual([PATH]);
  await written({ generation: 2, changed: [PATH, NEW], record: NEW });
  expect([navigation.place, drafts]).toEqual([{ screen: "editor", path: NEW }, []]);
});

it("goes to the list when what was written is deleted", async () => {
  workspace.apply({ generation: 2, changed: [], removed: [PATH], logs: [], problems: [] });
  await written({ generation: 2, changed: [PATH], record: null });
  expect(navigation.place).toEqual({ screen: "library", path: null });
});
