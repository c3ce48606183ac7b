// What a menu shows; plain data so that actions, palette and menus share one description.
import type { IconComponent } from "./icon";

/** Where a menu opens that has no button: an element, or a point of the page. */
export type MenuPlace = HTMLElement | { getBoundingClientRect(): DOMRect };

/** Where the mouse is. */
export function pointOf({ clientX, clientY }: MouseEvent): MenuPlace {
  return { getBoundingClientRect: () => new DOMRect(clientX, clientY, 0, 0) };
}

export interface MenuItem {
  id: string;
  label: string;
  icon?: IconComponent;
  keys?: string | undefined;
  /** Why it cannot be used now; shown instead of the keys. */
  unavailable?: string | null;
  danger?: boolean;
  /** Present for items that are on or off. */
  checked?: boolean;
  run: () => void;
}

/** Groups are separated by a line. */
export type MenuGroups = readonly (readonly MenuItem[])[];
