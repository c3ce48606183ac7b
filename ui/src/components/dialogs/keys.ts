// Mod+Enter confirms a dialog from any of its fields.
import { chordOf } from "../../lib/keys/chord";

export function onConfirm(run: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (chordOf(event) !== "mod+enter" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
}
