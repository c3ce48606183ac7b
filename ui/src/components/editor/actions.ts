// What can be done in the editor, for its buttons, keys and the palette alike. Registered while the editor is on screen, so its keys
// work wherever the focus is.
import Redo2 from "@lucide/svelte/icons/redo-2";
import Undo2 from "@lucide/svelte/icons/undo-2";

import type { Action } from "../../lib/actions/actions.svelte";
import { t } from "../../lib/i18n/messages";
import type { Layout } from "./layout";
import type { SourceCommand } from "./source/create";

/** What the buttons above the source do, with their keys. */
const TOOLS: readonly (readonly [SourceCommand, readonly string[]])[] = [["bold", []], ["italic", ["mod+i"]], ["heading", []], ["list", []], ["code", []], ["cite", ["mod+shift+k"]]];

/** What the editor lends to its actions. */
export interface EditorPort {
  save(): void;
  review(): void;
  step(by: 1 | -1): void;
  fix(): void;
  fixUnavailable(): string | null;
  saveUnavailable(): string | null;
  panel(): void;
  preview(): void;
  layout(layout: Layout): void;
  tab(): void;
  find(): void;
  run(command: SourceCommand): void;
  move(way: 1 | -1): void;
  /** Why nothing can be done to the source now. */
  sourceUnavailable(): string | null;
  /** Takes back, or does again, what was last typed or changed in the form. */
  undo(way: -1 | 1): void;
  undoUnavailable(way: -1 | 1): string | null;
  spelling(): void;
  leave(): void;
}

export function editorActions(port: EditorPort): Action[] {
  const words = t.editor.commands;
  const action = (id: string, title: () => string, keys: string[], run: () => void, unavailable?: () => string | null): Action => ({
    id: `editor.${id}`, group: "decision", title, keys, run, ...(unavailable ? { unavailable } : {}),
  });
  return [
    action("save", () => words.save, ["mod+s"], () => { port.save(); }, () => port.saveUnavailable()),
    action("review", () => t.editor.review, ["mod+shift+s"], () => { port.review(); }),
    action("fix", () => words.fix, ["mod+."], () => { port.fix(); }, () => port.fixUnavailable()),
    action("next-problem", () => words.nextProblem, ["f8"], () => { port.step(1); }),
    action("previous-problem", () => words.previousProblem, ["shift+f8"], () => { port.step(-1); }),
    action("problems", () => words.problems, ["mod+j"], () => { port.panel(); }),
    action("preview", () => words.preview, ["mod+shift+v"], () => { port.preview(); }),
    action("form", () => words.form, ["alt+1"], () => { port.layout("form"); }),
    action("source", () => words.source, ["alt+2"], () => { port.layout("source"); }),
    action("all", () => words.all, ["alt+3"], () => { port.layout("all"); }),
    action("tab", () => words.tab, ["mod+m", "ctrl+m"], () => { port.tab(); }),
    action("find", () => words.find, ["mod+f"], () => { port.find(); }, () => port.sourceUnavailable()),
    ...TOOLS.map(([command, keys]) => action(command, () => t.editor.tools[command], [...keys], () => { port.run(command); }, () => port.sourceUnavailable())),
    action("up", () => words.up, ["mod+alt+up"], () => { port.move(-1); }, () => port.sourceUnavailable()),
    action("down", () => words.down, ["mod+alt+down"], () => { port.move(1); }, () => port.sourceUnavailable()),
    // Here the window's own undo of what it wrote gives way to that of the text; in a text field neither takes the key.
    { id: "undo.last", group: "app", icon: Undo2, title: () => words.undo, keys: ["mod+z"], run: () => { port.undo(-1); }, unavailable: () => port.undoUnavailable(-1) },
    { id: "undo.again", group: "app", icon: Redo2, title: () => words.redo, keys: ["mod+shift+z"], run: () => { port.undo(1); }, unavailable: () => port.undoUnavailable(1) },
    action("spelling", () => t.editor.spelling, [], () => { port.spelling(); }),
    { ...action("leave", () => words.leave, ["escape escape"], () => { port.leave(); }), contexts: ["editor"] },
  ];
}
