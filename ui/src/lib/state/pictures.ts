// Pictures for the record that is being written: pasted ones as bytes, dropped ones by the host, which knows what was let go.
import { t } from "../i18n/messages";
import type { ImageAdded } from "../ipc/bindings";
import { sentence } from "../i18n/plural";
import { call, toHostError } from "../ipc/client";
import { announcer } from "./announcer.svelte";
import { git } from "./git.svelte";
import { toasts } from "./toasts.svelte";
import { troubles } from "./troubles.svelte";
import { undo } from "./undo.svelte";

/** Bytes as base64, by the browser's own reader: an array of numbers would be many times as long. */
function base64Of(picture: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => { done(String(reader.result).replace(/^data:[^,]*,/, "")); };
    reader.onerror = () => { failed(reader.error ?? new Error("unreadable")); };
    reader.readAsDataURL(picture);
  });
}

async function added(ask: () => Promise<ImageAdded | null>): Promise<string | null> {
  try {
    const image = await ask();
    if (image === null) return null;
    announcer.say(image.known ? t.editor.picture.known(image.path) : t.editor.picture.added(image.path));
    if (!image.known) toasts.show(t.editor.picture.added(image.path), { tone: "info" });
    void git.refresh();
    void undo.refresh();
    return image.link;
  } catch (thrown) {
    const { message, hint } = toHostError(thrown);
    troubles.tell(sentence(message), sentence(hint));
    return null;
  }
}

/** Puts a pasted picture beside the record: its link, `null` when that failed, which is said. Without bytes the host looks at the
 *  clipboard itself: WebKitGTK gives the page no pictures. */
export function addPicture(record: string, picture: Blob | null): Promise<string | null> {
  return added(async () => (picture === null ? call("paste_image", { record }) : call("add_image", { record, data: await base64Of(picture) })));
}

export function addDroppedPicture(record: string): Promise<string | null> {
  return added(() => call("add_dropped_image", { record }));
}

/** Whether a file's name says that it is a picture; the host looks at the bytes. */
export function isPicture(path: string): boolean {
  return /\.(png|jpe?g|gif|webp|svg)$/i.test(path);
}
