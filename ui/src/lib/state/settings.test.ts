import { expect, it } from "vitest";

import { forgetHost, host } from "../../test/host";
import { isOneOf, Persisted } from "./persisted.svelte";
import { settings } from "./settings.svelte";

const theme = () => new Persisted<"system" | "dark">("theme", "system", isOneOf("system", "dark"));
const answer = (values: Record<string, unknown>) => ({ values, file: "/c/settings.json", damaged: null, trouble: null });

it("holds at once, writes one key, and takes over what other windows wrote", async () => {
  const calls = host({ set_setting: () => answer({ theme: "dark", zoom: 1.5, "of-tomorrow": [1] }) });
  const value = theme();
  value.value = "dark";
  expect(value.value).toBe("dark");
  await expect.poll(() => settings.values.zoom).toBe(1.5);
  expect(calls).toEqual([{ name: "set_setting", args: { key: "theme", value: "dark" } }]);
  forgetHost();
});

it("writes only the last of many values, and the default as nothing", async () => {
  const calls = host({ set_setting: () => answer({}) });
  for (let width = 300; width < 320; width += 1) settings.set("list-width", width);
  theme().reset();
  await expect.poll(() => calls.length).toBe(3);
  expect(calls.map((call) => call.args)).toEqual([{ key: "list-width", value: 300 }, { key: "list-width", value: 319 }, { key: "theme", value: null }]);
  forgetHost();
});

it("falls back on a broken value, keeps what could not be written for the session, and says why", async () => {
  host({ settings: () => answer({ theme: "mauve" }), set_setting: () => Promise.reject({ code: "io", message: "cannot write settings.json", hint: null, path: null, line: null, details: null }) });
  await settings.refresh();
  expect(theme().value).toBe("system");
  theme().value = "dark";
  await expect.poll(() => settings.trouble).toBe("cannot write settings.json");
  expect(theme().value).toBe("dark");
  // Coming back to the window reads the file again, which knows nothing of it.
  await settings.refresh();
  expect(theme().value).toBe("dark");
  host({ settings: () => answer({ theme: "system" }), set_setting: ({ value }) => answer({ theme: value }) });
  theme().value = "system";
  await expect.poll(() => settings.trouble).toBeNull();
  await settings.refresh();
  expect(theme().value).toBe("system");
  forgetHost();
});
