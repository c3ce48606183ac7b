// Copies text, also where the asynchronous clipboard is not allowed (older WebKitGTK).

/** What is still being made is promised to the clipboard at once: a while after the key or click it takes nothing any more. */
export async function copyText(text: string | Promise<string>): Promise<boolean> {
  try {
    if (typeof text === "string") await navigator.clipboard.writeText(text);
    else await navigator.clipboard.write([new ClipboardItem({ "text/plain": text.then((made) => new Blob([made], { type: "text/plain" })) })]);
    return true;
  } catch {
    return copyBySelection(await text);
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
