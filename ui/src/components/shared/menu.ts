// What a menu shows; plain data so that actions, palette and menus share one description.
import type { IconComponent } from "./icon";

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
