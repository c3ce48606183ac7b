// Pictures that are pasted: their bytes go to the host, and the link comes into the text where the caret was, with the words for
// those who cannot see it selected, to be typed over.
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** Puts a picture beside the record, without one that of the clipboard; `null` when there is none or that failed, which is said elsewhere. */
export type AddImage = (picture: Blob | null) => Promise<string | null>;

export interface ImagePort {
  add: AddImage;
  /** Stands for what the picture shows until somebody writes it. */
  alt: string;
}

/** Writes the link at `place`; the words between its brackets are selected. */
export function insertImage(view: EditorView, link: string, alt: string, place: number): void {
  const at = Math.min(place, view.state.doc.length);
  const insert = `![${alt}](${link})`;
  view.dispatch({
    changes: { from: at, insert },
    selection: { anchor: at + 2, head: at + 2 + alt.length },
    scrollIntoView: true,
    userEvent: "input.paste",
  });
  view.focus();
}

/** The picture among what is pasted. A table copied from an office program brings its picture, too: then the text counts. */
export function pictureOf(data: Pick<DataTransfer, "files" | "items" | "getData"> | null): File | null {
  if (!data || data.getData("text/plain") !== "") return null;
  const ofItems = [...data.items].filter((item) => item.kind === "file").map((item) => item.getAsFile());
  return [...data.files, ...ofItems].find((file) => file?.type.startsWith("image/")) ?? null;
}

/** Nothing that a page may read: what WebKitGTK says of a picture. */
const isEmpty = (data: Pick<DataTransfer, "types"> | null): boolean => data !== null && data.types.length === 0;

export function imagePaste(port: ImagePort): Extension {
  return EditorView.domEventHandlers({
    paste(event, view) {
      const picture = pictureOf(event.clipboardData);
      if (!picture && !isEmpty(event.clipboardData)) return false;
      event.preventDefault();
      void port.add(picture).then((link) => {
        if (link === null) return;
        const { from, to } = view.state.selection.main;
        if (from !== to) view.dispatch({ changes: { from, to }, userEvent: "delete.selection" });
        insertImage(view, link, port.alt, from);
      });
      return true;
    },
  });
}
