import type { Messages } from "../catalogue.svelte";
import { counted, number } from "../plural";

export const dates: Messages["dates"] = {
  full: (day, month, year) => `${String(day)}. ${month} ${String(year)}`,
  dayMonth: (day, month) => `${String(day)}. ${month}`,
  monthYear: (month, year) => `${month} ${String(year)}`,
  today: "heute",
  yesterday: "gestern",
  now: "gerade eben",
  minutesAgo: (count) => `vor ${number(count)} Min.`,
  hoursAgo: (count) => `vor ${number(count)} Std.`,
  days: (count) => counted(count, "Tag", "Tage"),
  months: (count) => counted(count, "Monat", "Monate"),
  years: (count) => counted(count, "Jahr", "Jahre"),
};
