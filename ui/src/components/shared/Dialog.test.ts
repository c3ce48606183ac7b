import { render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { expect, it, vi } from "vitest";

import Dialog from "./Dialog.svelte";

const children = createRawSnippet(() => ({ render: () => '<input id="field" />' }));

it("closes by a click beside it, not by a press that began inside", () => {
  const onclose = vi.fn();
  render(Dialog, { title: "Amend", onclose, children });
  const dialog = screen.getByRole("dialog");
  const press = (on: Element) => on.dispatchEvent(new MouseEvent("pointerdown", { bubbles: true }));
  press(document.getElementById("field") as Element);
  dialog.click();
  expect(onclose).not.toHaveBeenCalled();
  press(dialog);
  dialog.click();
  expect(onclose).toHaveBeenCalledOnce();
});
