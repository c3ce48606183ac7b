// Looks at the list in every frame until `window.framesEnd` is set: frames in all, frames that moved, and places that no
// row covered, with the frame's scroll offset; how long the page worked for each that moved, layout and painting's record
// included.
const tree = document.querySelector("[role=tree]");
const frames = { all: 0, moved: 0, blank: 0, where: [], gaps: [], work: [] };
let before = { at: performance.now(), top: tree.scrollTop };
window.frames_ = frames;
window.framesEnd = false;
const channel = new MessageChannel();
let begun = null;
channel.port1.onmessage = () => {
  if (begun !== null) frames.work.push(performance.now() - begun);
  begun = null;
};
// The first that hears of a movement; a message sent from there arrives after the frame.
const moving = () => {
  if (begun !== null) return;
  begun = performance.now();
  channel.port2.postMessage(null);
};
window.addEventListener("scroll", moving, { capture: true });
const look = () => {
  const box = tree.getBoundingClientRect();
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
  if (!window.framesEnd) requestAnimationFrame(look);
  else window.removeEventListener("scroll", moving, { capture: true });
};
requestAnimationFrame(look);
