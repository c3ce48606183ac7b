// What a key costs in the source: from the key until its letter stands and every script it set off is done, which is before
// the next frame begins; and from the last key until the preview shows it.
const content = document.querySelector(".cm-content");
const preview = document.querySelector(".preview");
window.keys = [];
window.previews = [];
let pressed = null;
let last = null;
window.addEventListener("keydown", () => (pressed = last = performance.now()), true);
new MutationObserver(() => {
  if (pressed === null) return;
  const key = pressed;
  pressed = null;
  let isDone = false;
  const done = () => {
    if (!isDone) window.keys.push(performance.now() - key);
    isDone = true;
  };
  // Whichever comes first: a message may have to wait for the frame, which is no script.
  requestAnimationFrame(done);
  const channel = new MessageChannel();
  channel.port1.onmessage = done;
  channel.port2.postMessage(null);
}).observe(content, { subtree: true, childList: true, characterData: true });
new MutationObserver(() => {
  if (last === null || !preview.textContent.includes("the last word")) return;
  const key = last;
  last = null;
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.previews.push(performance.now() - key);
    channel.port2.postMessage(null);
  });
}).observe(preview, { subtree: true, childList: true, characterData: true });
