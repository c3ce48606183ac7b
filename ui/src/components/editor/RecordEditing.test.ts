import { render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it } from "vitest";

import type { Preview } from "../../lib/ipc/bindings";
import { navigation } from "../../lib/state/navigation.svelte";
import { Persisted, isOneOf } from "../../lib/state/persisted.svelte";
import { decision } from "../../test/fixtures";
import { forgetHost, host } from "../../test/host";
import RecordEditing from "./RecordEditing.svelte";

const PATH = "docs/adr/0001-a.md";
let file = "";

const titleOf = (text: string): string => text.replace(/^# |\n$/g, "");

beforeEach(() => {
  file = "# One\n";
  new Persisted("editor-layout", "all", isOneOf("form", "source", "all")).value = "form";
  navigation.reset({ screen: "editor", path: PATH });
  host({
    read_source: () => ({ path: PATH, text: file, hash: file, draft: null }),
    preview: ({ text }) => ({ summary: decision({ path: PATH, title: titleOf(text) }), html: "", problems: [], words: 1 }) as unknown as Preview,
    edit_text: ({ edit }) => `# ${edit.values[0] ?? ""}\n`,
    save_record: ({ text }) => ((file = text), { changed: [PATH], problems: [], generation: 2, hash: text, record: PATH }),
    keep_draft: () => null,
    drop_draft: () => null,
  });
});
afterEach(forgetHost);

/** The title field with another word in it that was told to nobody yet. */
async function typed(): Promise<void> {
  render(RecordEditing, { path: PATH });
  const field = await screen.findByDisplayValue<HTMLTextAreaElement>("One");
  field.focus();
  field.value = "One two";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

it("asks before a field that is still typed in is left, and once", async () => {
  await typed();
  const leaving = navigation.mayLeave();
  expect(await navigation.mayLeave()).toBe(false);
  const question = await screen.findByRole("dialog", { hidden: true });
  within(question).getByText("Save").click();
  expect(await leaving).toBe(true);
  expect(file).toBe("# One two\n");
});
