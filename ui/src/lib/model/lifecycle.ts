// The legal next steps of a status, as the contract has them (core's `Status::next`). Screens offer these only; superseding is
// an action of its own.
import type { StatusWord } from "../ipc/bindings";

const NEXT: Record<StatusWord, readonly StatusWord[]> = {
  draft: ["proposed", "rejected"],
  proposed: ["accepted", "rejected", "draft"],
  accepted: ["superseded", "deprecated"],
  rejected: [],
  deprecated: [],
  superseded: [],
  other: ["draft", "proposed", "accepted"],
};

export function nextStatuses(status: StatusWord | null): readonly StatusWord[] {
  return status === null ? NEXT.other : NEXT[status];
}
