// Looks at the list in every frame until `window.framesEnd` is set: frames in all, frames that moved, and places that no
// row covered, with the frame's scroll offset. For each that moved, milliseconds of the app's scripts (from the first that
// hears of the movement, with what was to run in that frame), and of all that the page did for it, layout and painting's
// record included. What looking itself costs is in neither.
const tree = document.querySelector("[role=tree]");
const frames = { all: 0, moved: 0, blank: 0, where: [], gaps: [], script: [], work: [] };
let before = { at: performance.now(), top: tree.scrollTop };
window.frames_ = frames;
window.framesEnd = false;
const channel = new MessageChannel();
let begun = null;
let script = 0;
let looking = 0;
channel.port1.onmessage = () => {
  if (begun !== null) {
    frames.script.push(script);
    frames.work.push(performance.now() - begun - looking);
  }
  begun = null;
};
// The first that hears of a movement; a message sent from there arrives after the frame.
const moving = () => {
  if (begun !== null) return;
  begun = performance.now();
  script = looking = 0;
  channel.port2.postMessage(null);
};
window.addEventListener("scroll", moving, { capture: true });
const ask = window.requestAnimationFrame.bind(window);
const timed = (act) => (now) => {
  const from = performance.now();
  act(now);
  script += performance.now() - from;
};
window.requestAnimationFrame = (act) => ask(timed(act));
const look = () => {
  // Of this frame's callbacks this one is the first: it was asked for in the frame before.
  if (begun !== null) script += performance.now() - begun;
  const box = tree.getBoundingClientRect();
  const from = performance.now();
  const rows = [...tree.querySelectorAll("[role=treeitem]")]
    .filter((row) => row.checkVisibility({ visibilityProperty: true }))
    .map((row) => row.getBoundingClientRect());
  let holes = 0;
  // Rows stand a few points apart; the list ends with a little air.
  for (let y = box.top + 20; y < box.bottom - 40; y += 12) {
    if (!rows.some((row) => row.top - 8 <= y && y <= row.bottom + 8)) holes += 1;
  }
  const now = { at: performance.now(), top: tree.scrollTop };
  frames.all += 1;
  if (now.top !== before.top) frames.moved += 1;
  frames.gaps.push(now.at - before.at);
  if (holes > 0) {
    frames.blank += 1;
    if (frames.where.length < 5) frames.where.push(`${holes} places at ${Math.round(now.top)}`);
  }
  before = now;
  looking += performance.now() - from;
  if (!window.framesEnd) ask(look);
  else {
    window.removeEventListener("scroll", moving, { capture: true });
    window.requestAnimationFrame = ask;
  }
};
ask(look);
