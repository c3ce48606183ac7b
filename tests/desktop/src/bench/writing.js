// What a key costs in the source: the scripts that hear of it, and from when the web view begins to change the text until the
// letter stands and every script it set off is done, which is before the next frame begins. Between the two it is the input
// method's. And from the last key until the preview shows it.
const content = document.querySelector(".cm-content");
const preview = document.querySelector(".preview");
window.keys = [];
window.previews = [];
let heard = 0;
let begun = null;
let last = null;
window.addEventListener("keydown", () => (last = performance.now()), true);
window.addEventListener("keydown", () => (heard = performance.now() - last));
window.addEventListener("beforeinput", () => (begun = performance.now()), true);
new MutationObserver(() => {
  if (begun === null) return;
  const key = begun - heard;
  begun = null;
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
