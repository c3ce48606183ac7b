import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ChangedFile, CommitRequest, GitStatus } from "../ipc/bindings";
import { HostError } from "../ipc/client";
import { Changes } from "./changes.svelte";
import type { Call } from "./editor.svelte";
import { Git } from "./git.svelte";

function file(path: string, staged: boolean, more: Partial<ChangedFile> = {}): ChangedFile {
  return {
    path, staged, old_path: null, change: "modified", partly: false, is_record: path.endsWith(".md"), label: null, title: null,
    status: null, lead: "", sentence: "", lines_added: 1, lines_removed: 1, ...more,
  };
}

function error(code: HostError["code"], details: string | null = null): HostError {
  return new HostError({ code, message: code, hint: null, path: null, line: null, details });
}

/** A repository of a few files that refuses what a test tells it to. */
class Repository {
  files: ChangedFile[] = [file("a.md", true), file("b.md", false), file("src/x.rs", false)];
  detached = false;
  refuse: Partial<Record<string, HostError>> = {};
  commits: CommitRequest[] = [];
  suggestion = "Accept ADR-0126: Fencing";
  wait: Promise<void> | null = null;

  status(): GitStatus {
    return {
      branch: "main", default_branch: "main", head: "4f2c19e", detached: this.detached, operation: null, upstream: null, ahead: 0, behind: 0, files: this.files,
      last_commit: null, author: "RM", trust: { trusted: false, reasons: ["hook pre-commit"] },
    };
  }

  call = (async (name: string, args: { paths: string[]; request: CommitRequest; path: string; staged: boolean }) => {
    await this.wait;
    const refused = this.refuse[name];
    if (refused) throw refused;
    switch (name) {
      case "git_status":
        return this.status();
      case "stage":
      case "unstage":
        this.files = this.files.map((f) => (args.paths.includes(f.path) ? { ...f, staged: name === "stage" } : f));
        return this.status();
      case "file_diff":
        return { path: args.path, staged: args.staged, fields: [], hunks: [{}, {}, {}], rendered: "", notice: null };
      case "commit_suggestions":
        return [this.suggestion];
      case "commit":
        this.commits.push(args.request);
        this.files = this.files.filter((f) => !f.staged && !args.request.stage.includes(f.path));
        return { commit: "abc1234", subject: args.request.message, branch: "main", output: "" };
      default:
        throw new Error(`not expected: ${name}`);
    }
  }) as unknown as Call;
}

let repository: Repository;
let changes: Changes;

beforeEach(async () => {
  repository = new Repository();
  changes = new Changes(repository.call, new Git(repository.call));
  await changes.refresh();
});

function paths(files: readonly ChangedFile[]): string[] {
  return files.map((f) => f.path);
}

test("another repository begins without this one's message", async () => {
  changes.message = "For this one";
  changes.trouble = { kind: "identity", error: new HostError({ code: "identity-missing", message: "", hint: null, path: null, line: null, details: null }) };
  changes.forget();
  expect([changes.message, changes.trouble, changes.selected]).toEqual(["", null, null]);
  await changes.arrived();
  expect(changes.message).toBe(repository.suggestion);
});

describe("list", () => {
  test("staged, records, other files; the first is on show", () => {
    expect([paths(changes.staged), paths(changes.unstagedRecords), paths(changes.others)]).toEqual([["a.md"], ["b.md"], ["src/x.rs"]]);
    expect([changes.selected, changes.diff?.path]).toEqual([{ path: "a.md", staged: true }, "a.md"]);
  });

  test("staging is shown before git answers, and the selection follows the file", async () => {
    await changes.select({ path: "b.md", staged: false });
    let answer = (): void => undefined;
    repository.wait = new Promise((done) => (answer = done));
    const staging = changes.toggle(changes.unstagedRecords[0] ?? file("?", false));
    expect([paths(changes.staged), changes.selected]).toEqual([["a.md", "b.md"], { path: "b.md", staged: true }]);
    answer();
    await staging;
    expect(changes.current?.path).toBe("b.md");
  });

  test("what git refuses goes back and is said", async () => {
    repository.refuse["stage"] = error("git");
    await changes.stageAll();
    expect([paths(changes.staged), changes.actionError?.code]).toEqual([["a.md"], "git"]);
  });

  test("stage all takes records and leaves other files", async () => {
    await changes.stageAll();
    expect([paths(changes.staged), paths(changes.others)]).toEqual([["a.md", "b.md"], ["src/x.rs"]]);
  });

  test("a renamed file is staged and committed with the name it had", async () => {
    repository.files = [file("new.md", false, { change: "renamed", old_path: "old.md" })];
    await changes.refresh();
    changes.message = "Rename";
    await changes.commit();
    expect(repository.commits[0]?.stage).toEqual(["new.md", "old.md"]);
  });

  test("a file that is gone gives its place to the next one", async () => {
    await changes.select({ path: "b.md", staged: false });
    repository.files = repository.files.filter((f) => f.path !== "b.md");
    await changes.refresh();
    expect(changes.selected).toEqual({ path: "src/x.rs", staged: false });
  });

  test("a half staged file is two rows; staging the rest joins them", async () => {
    repository.files = [file("a.md", true, { partly: true }), file("a.md", false, { partly: true })];
    await changes.refresh();
    repository.wait = new Promise(() => undefined);
    void changes.toggle(changes.unstagedRecords[0] ?? file("?", false));
    expect(changes.files).toHaveLength(1);
  });

  test("F7 goes round", () => {
    changes.step(-1);
    expect(changes.change).toBe(2);
    changes.step(1);
    expect(changes.change).toBe(0);
  });
});

describe("message", () => {
  test("a commit right after staging waits for the suggestion that is on its way", async () => {
    let arrive = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (arrive = resolve));
    const slow = (async (name: string, args: never) => {
      if (name === "commit_suggestions") await waiting;
      return repository.call(name as never, args);
    }) as unknown as Call;
    changes = new Changes(slow, new Git(repository.call));
    const refreshed = changes.refresh();
    await vi.waitFor(() => expect(changes.staged).not.toHaveLength(0));
    const commit = changes.commit();
    arrive();
    expect((await commit)?.subject).toBe("Accept ADR-0126: Fencing");
    await refreshed;
  });

  test("the suggestion follows what is staged until somebody writes", async () => {
    expect(changes.message).toBe("Accept ADR-0126: Fencing");
    repository.suggestion = "Update 2 decisions";
    await changes.stageAll();
    expect(changes.message).toBe("Update 2 decisions");
    changes.message = "My own words";
    repository.suggestion = "Another";
    await changes.unstageAll();
    expect(changes.message).toBe("My own words");
  });

  test("a cleared message stays empty and is asked for", async () => {
    changes.message = "";
    await changes.refresh();
    expect(await changes.commit()).toBeNull();
    expect([changes.messageMissing, repository.commits]).toEqual([true, []]);
    changes.use(changes.suggestions[0] ?? "");
    expect(changes.messageMissing).toBe(false);
  });
});

describe("commit", () => {
  test("takes what is staged and clears the message", async () => {
    const reply = await changes.commit();
    expect(reply?.commit).toBe("abc1234");
    expect(repository.commits).toEqual([{ message: "Accept ADR-0126: Fencing", stage: [], trust: false, no_verify: false, amend: null, amend_pushed: false }]);
    expect(paths(changes.files)).toEqual(["b.md", "src/x.rs"]);
  });

  test("with nothing staged it stages the records, never other files", async () => {
    await changes.unstageAll();
    expect([changes.stagesFirst, changes.blocked]).toEqual([true, null]);
    await changes.commit();
    expect(repository.commits[0]?.stage).toEqual(["a.md", "b.md"]);
    expect(paths(changes.files)).toEqual(["src/x.rs"]);
  });

  test("a hook that fails keeps the message and gives its output", async () => {
    changes.message = "Mine";
    repository.refuse["commit"] = new HostError({ code: "hook-failed", message: "", hint: null, path: "C:\\x\\.git\\hooks\\commit-msg", line: null, details: "lint: 3 errors" });
    expect(await changes.commit()).toBeNull();
    expect([changes.trouble, changes.message]).toMatchObject([{ kind: "hook", hook: "commit-msg", output: "lint: 3 errors" }, "Mine"]);
    repository.refuse = {};
    await changes.commit({ withoutHooks: true });
    expect(repository.commits[0]?.no_verify).toBe(true);
    expect(changes.trouble).toBeNull();
  });

  test("what is mended after a hook refused goes along with the next try, and nothing else", async () => {
    repository.files = [file("a.md", true), file("half.md", true, { partly: true }), file("half.md", false, { partly: true }), file("b.md", false)];
    await changes.refresh();
    repository.refuse["commit"] = error("hook-failed");
    await changes.commit();
    expect(paths(changes.mended)).toEqual([]);
    repository.files = [...repository.files.map((f) => ({ ...f, partly: f.partly || f.path === "a.md" })), file("a.md", false, { partly: true })];
    await changes.refresh();
    expect(paths(changes.mended)).toEqual(["a.md"]);
    repository.refuse = {};
    await changes.commit({ mended: true });
    expect(repository.commits[0]?.stage).toEqual(["a.md"]);
  });

  test("one that hangs can be stopped after a while, and says how it ended", async () => {
    vi.useFakeTimers();
    let end = (): void => undefined;
    const hanging = new Promise<void>((resolve) => (end = resolve));
    const asked: string[] = [];
    const call = (async (name: string, args: never) => {
      asked.push(name);
      if (name === "stop_commit") end();
      if (name === "commit") {
        await hanging;
        throw error("cancelled", "waiting");
      }
      return repository.call(name as never, args);
    }) as unknown as Call;
    changes = new Changes(call, new Git(repository.call));
    await changes.refresh();
    changes.message = "Mine";
    const commit = changes.commit();
    await vi.advanceTimersByTimeAsync(100);
    expect(changes.slow).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([changes.committing, changes.slow]).toEqual([true, true]);
    await changes.stop();
    expect(await commit).toBeNull();
    expect(asked).toContain("stop_commit");
    expect([changes.trouble, changes.message]).toMatchObject([{ kind: "other", error: { code: "cancelled" } }, "Mine"]);
    expect([changes.committing, changes.slow, changes.stopping]).toEqual([false, false, false]);
    vi.useRealTimers();
  });

  test("trust is asked with its reasons, and remembers what was being done", async () => {
    repository.refuse["commit"] = error("needs-trust");
    await changes.commit({ withoutHooks: true });
    expect([changes.trouble?.kind, changes.trustReasons]).toEqual(["trust", ["hook pre-commit"]]);
    repository.refuse = {};
    await changes.commit({ withoutHooks: true, trust: true });
    expect(repository.commits[0]).toMatchObject({ trust: true, no_verify: true });
  });

  test.each([
    ["detached", () => (repository.detached = true)],
    ["conflict", () => (repository.files = [...repository.files, file("c.md", false, { change: "conflicted" })])],
    ["nothing", () => (repository.files = [file("src/x.rs", false)])],
  ])("waits: %s", async (reason, arrange) => {
    arrange();
    await changes.refresh();
    expect(changes.blocked).toBe(reason);
    expect(await changes.commit()).toBeNull();
    expect(repository.commits).toEqual([]);
  });
});

test("a status that arrives while a difference is being read is not lost", async () => {
  repository.files = repository.files.map((f) => ({ ...f, staged: false }));
  const git = new Git(repository.call);
  changes = new Changes(repository.call, git);
  await changes.refresh();
  const arriving = changes.refresh();
  await Promise.resolve();
  // Another program stages everything; its event brings the newer status.
  repository.files = repository.files.map((f) => ({ ...f, staged: true }));
  await git.refresh();
  await changes.told();
  await arriving;
  expect(changes.selected).toEqual({ path: "a.md", staged: true });
  expect(changes.diff).toMatchObject({ path: "a.md", staged: true });
});

test("many events ask git twice at most", async () => {
  let asked = 0;
  const call = repository.call as unknown as (name: string, args: unknown) => Promise<unknown>;
  const counting = ((name: string, args: unknown) => {
    if (name === "git_status") asked += 1;
    return call(name, args);
  }) as unknown as Call;
  changes = new Changes(counting, new Git(counting));
  await Promise.all([changes.refresh(), changes.refresh(), changes.refresh(), changes.refresh()]);
  expect(asked).toBe(2);
});

test("stages what was written since into a record that was staged when it was made, and nothing else", async () => {
  repository.files = [{ ...file("a.md", true), partly: true }, { ...file("a.md", false), partly: true }, file("b.md", false)];
  await changes.refresh();
  await changes.stageRest("b.md");
  expect(changes.staged.map((one) => one.path)).toEqual(["a.md"]);
  await changes.stageRest("a.md");
  expect(changes.files.filter((one) => !one.staged).map((one) => one.path)).toEqual(["b.md"]);
});
