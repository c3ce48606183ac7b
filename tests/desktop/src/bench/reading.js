// From the press on a row to the frame that shows its record: `window.shown`, milliseconds each.
let pressed = null;
window.shown = [];
let waiting = null;
// Calls back when so many were shown.
window.shownDone = (count, done) => {
  waiting = { count, done };
  tell();
};
const tell = () => {
  if (waiting === null || window.shown.length < waiting.count) return;
  waiting.done();
  waiting = null;
};
// The record that is there already is none that was pressed.
window.shownTitle = document.querySelector("main h1.title").textContent;
window.addEventListener("pointerdown", () => (pressed = performance.now()), true);
new MutationObserver(() => {
  const from = pressed;
  const title = document.querySelector("main h1.title")?.textContent ?? "";
  if (from === null || title === "" || title === window.shownTitle) return;
  window.shownTitle = title;
  pressed = null;
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      window.shown.push(performance.now() - from);
      tell();
    };
    channel.port2.postMessage(null);
  });
}).observe(document.querySelector("main") ?? document.body, { subtree: true, childList: true, characterData: true });
