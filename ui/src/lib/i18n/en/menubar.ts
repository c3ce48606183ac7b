// The menu bar: names of its menus (`&` before the letter that opens one), and of what every program's menus have.

export const menubar = {
  titles: { app: "Precedent", file: "&File", edit: "&Edit", view: "&View", go: "&Go", decision: "&Decision", window: "&Window", help: "&Help" },
  roles: {
    undo: "Undo", redo: "Redo", cut: "Cut", copy: "Copy", paste: "Paste", "select-all": "Select all",
    minimize: "Minimise", maximize: "Maximise", fullscreen: "Full screen", "close-window": "Close window",
    services: "Services", hide: "Hide Precedent", "hide-others": "Hide others", "show-all": "Show all",
  },
  command: "Menu bar",
  always: "a Mac always has one",
  setting: "Menu bar",
  settingHint: "Every command in menus at the top of the window. Without it they are in the palette.",
};
