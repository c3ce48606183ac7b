import { expect, it } from "vitest";

import type { GitStatus } from "../ipc/bindings";
import type { call } from "../ipc/client";
import { forgetHost, host, send } from "../../test/host";
import { Git } from "./git.svelte";

const status = (branch: string) => ({ branch, files: [] }) as unknown as GitStatus;

/** A host whose answers come when the test says so. */
function slowHost() {
  const answers: ((answer: GitStatus) => void)[] = [];
  const host = (() => new Promise((resolve) => answers.push(resolve))) as unknown as typeof call;
  return { host, answers };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

it("asks again when a command's older answer overtook a newer question", async () => {
  const { host, answers } = slowHost();
  const git = new Git(host);
  const release = git.hold();
  git.accept(status("as we expect"));
  void git.refresh();
  expect(answers).toHaveLength(0);
  git.accept(status("as the command left it"));
  release();
  expect(answers).toHaveLength(1);
  answers[0]?.(status("as it is"));
  await settled();
  expect(git.status?.branch).toBe("as it is");
});

it("takes nothing that was asked before a command ended", async () => {
  const { host, answers } = slowHost();
  const git = new Git(host);
  void git.refresh();
  git.accept(status("as the command left it"));
  answers[0]?.(status("as it was"));
  await settled();
  expect(git.status?.branch).toBe("as the command left it");
  answers[1]?.(status("as it is"));
  await settled();
  expect(git.status?.branch).toBe("as it is");
});

it("forgets what git said when git goes", async () => {
  host({});
  const git = new Git(slowHost().host);
  await git.listen();
  git.accept(status("main"));
  const info = { root: "/r", name: "r", git: true, logs: [], image_base: "", today: "2026-11-20", stale_after: 30 };
  await send("info-changed", info);
  expect(git.status?.branch).toBe("main");
  await send("info-changed", { ...info, git: false });
  expect(git.status).toBeNull();
  forgetHost();
});

it("asks once more for all that is told while it asks", async () => {
  const { host: slow, answers } = slowHost();
  host({});
  const git = new Git(slow);
  await git.listen();
  for (let at = 0; at < 5; at += 1) await send("git-changed", null);
  expect(answers).toHaveLength(1);
  answers[0]?.(status("then"));
  await settled();
  expect(answers).toHaveLength(2);
  answers[1]?.(status("now"));
  await settled();
  expect(git.status?.branch).toBe("now");
  expect(answers).toHaveLength(2);
  forgetHost();
});
