import { afterEach, beforeEach, expect, it } from "vitest";

import { decision } from "../../test/fixtures";
import { forgetHost } from "../../test/host";
import { openLog } from "../../test/window";
import { beside } from "./beside.svelte";
import { navigation } from "./navigation.svelte";
import { lookBack } from "./past";
import { workspace } from "./workspace.svelte";

const PATH = "docs/adr/0001-a.md";
let asked: unknown[] = [];
beforeEach(async () => {
  asked = [];
  await openLog([decision({ path: PATH })], () => "", {
    decisions_as_of: ({ when }) => (asked.push(when), { commit: { commit: "abc", subject: "s", author: "a", date: "2025-01-01" }, logs: [], decisions: [decision({ path: PATH })], problems: [] }) as never,
    read_decision_as_of: ({ path, when }) => ({ summary: decision({ path, title: `as of ${when}` }), chain: [] }) as never,
  });
});
afterEach(() => {
  workspace.leavePast();
  beside.close();
  forgetHost();
});

it("asks about unsaved text before the log of then is shown", async () => {
  await navigation.go({ screen: "editor", path: PATH });
  const questions: string[] = [];
  const end = navigation.guard(({ screen }) => (questions.push(screen), false));
  expect(await lookBack("v1.0", PATH)).toBe("stayed");
  expect([asked, questions, workspace.past, navigation.screen]).toEqual([[], ["library"], null, "editor"]);
  end();
  expect(await lookBack("v1.0", PATH)).toBe("shown");
  expect([workspace.past?.when, navigation.screen]).toEqual(["v1.0", "library"]);
});

it("puts the record of then beside, and follows it to another name", async () => {
  await workspace.goBack("v1.0");
  await beside.open(PATH);
  expect(beside.reader.view?.summary.title).toBe("as of v1.0");
  workspace.leavePast();
  await beside.show(null);
  expect(beside.reader.view?.summary.title).toBe(PATH);
  beside.renamed(new Map([[PATH, "docs/adr/0001-other.md"]]));
  expect(beside.path).toBe("docs/adr/0001-other.md");
});
