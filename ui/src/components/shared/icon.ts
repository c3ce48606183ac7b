// The type of an icon, so that components take icons without naming the library.
export type { LucideIcon as IconComponent } from "@lucide/svelte";
