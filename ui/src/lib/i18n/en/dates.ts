import { counted } from "../plural";

// Dates and lengths of time.
export const dates = {
  full: (day: number, month: string, year: number) => `${String(day)} ${month} ${String(year)}`,
  dayMonth: (day: number, month: string) => `${String(day)} ${month}`,
  monthYear: (month: string, year: number) => `${month} ${String(year)}`,
  today: "today",
  yesterday: "yesterday",
  now: "just now",
  minutesAgo: (count: number) => `${String(count)} min ago`,
  hoursAgo: (count: number) => `${String(count)} h ago`,
  days: (count: number) => counted(count, "day"),
  months: (count: number) => counted(count, "month"),
  years: (count: number) => counted(count, "year"),
};
