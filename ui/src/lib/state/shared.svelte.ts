// What a repository shares with everyone who uses it: read, changed in a form, shown as a diff, written as shown.
import type { SharedSettings, TemplateInfo, WriteReply } from "../ipc/bindings";
import { call, type HostError, toHostError } from "../ipc/client";
import { workspace } from "./workspace.svelte";
import { LivePlan } from "./writing.svelte";

/** A folder as seen from the root; one outside stays as it is, and is refused with a reason. */
const below = (root: string, folder: string) => (/^[\\/]/.test(folder.slice(root.length)) && folder.startsWith(root) ? folder.slice(root.length + 1).replaceAll("\\", "/") : folder);

export class Shared {
  wanted = $state<SharedSettings | null>(null);
  templates = $state.raw<readonly TemplateInfo[]>([]);
  failure = $state.raw<HostError | null>(null);
  readonly plan = new LivePlan<SharedSettings>((wanted) => call("plan_shared", { wanted }), (wanted, digest) => call("apply_shared", { wanted, digest }));
  /** Whether it would write anything. */
  readonly differs = $derived((this.plan.preview?.files.length ?? 0) > 0);

  async load(): Promise<void> {
    try {
      this.wanted = await call("shared_settings");
      this.failure = null;
      this.plan.want(null);
    } catch (thrown) {
      this.failure = toHostError(thrown);
      return;
    }
    // Without them the form has only the name that is written there.
    this.templates = await call("templates", { log: null }).catch(() => []);
  }

  /** Asks for one more folder of records; what it is called in the settings the back end says. */
  async addLog(title: string): Promise<void> {
    const folder = await call("pick_folder", { title });
    if (folder === null || this.wanted === null) return;
    // Once one is named, no other is looked for: those that were found stay.
    if (this.wanted.logs.length === 0) this.wanted.logs.push(...workspace.logs.map((log) => log.path || "."));
    this.wanted.logs.push(below(workspace.info?.root ?? "", folder));
    this.changed();
  }

  /** The form changed. */
  changed(): void {
    const { wanted } = this;
    if (wanted) this.plan.want($state.snapshot(wanted));
  }

  async apply(): Promise<WriteReply | null> {
    const reply = await this.plan.apply();
    if (reply) await this.load();
    return reply;
  }
}
