import { afterEach, expect, it } from "vitest";

import { forgetHost, host } from "../../test/host";
import { Reader } from "./reader.svelte";

afterEach(forgetHost);

it("reads a history again that was read, and only that", async () => {
  let commits = ["first"];
  const calls = host({ read_decision: () => ({ summary: { path: "a.md" } }) as never, history: () => commits.map((commit) => ({ commit })) as never });
  const reader = new Reader();
  await reader.open("a.md");
  await reader.renewHistory();
  expect(calls.map((call) => call.name)).toEqual(["read_decision"]);
  await reader.loadHistory();
  commits = ["second", "first"];
  const renewed = reader.renewHistory();
  // What was read stays until then.
  expect(reader.history).toHaveLength(1);
  await renewed;
  expect(reader.history?.map((item) => item.commit)).toEqual(["second", "first"]);
});
