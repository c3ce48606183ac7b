// The one door to the host (invariant I9): nothing else imports @tauri-apps/*. It knows transport and the shape of
// errors; it must not know screens, state or words.
import { invoke } from "@tauri-apps/api/core";
import { listen, type UnlistenFn } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";

import type { ErrorCode, ErrorReply, Settings } from "./bindings";
import type { Commands, Events } from "./commands";

/** How errors of the host are said in the language of the window. */
interface ErrorWords {
  said: (code: ErrorCode, message: string) => string;
  hint: (code: ErrorCode, hint: string) => string;
}

// This door knows no words: the window's words are brought to it at the start ({@link sayErrorsWith}).
let words: ErrorWords = { said: (_, message) => message, hint: (_, hint) => hint };

export function sayErrorsWith(spoken: ErrorWords): void {
  words = spoken;
}

/** What a failed command throws. Callers branch on `code`, never on the text. */
export class HostError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | null;
  readonly path: string | null;
  readonly line: number | null;
  readonly details: string | null;

  constructor(reply: ErrorReply) {
    super(words.said(reply.code, reply.message));
    this.name = "HostError";
    this.code = reply.code;
    this.hint = reply.hint === null ? null : words.hint(reply.code, reply.hint);
    this.path = reply.path;
    this.line = reply.line;
    this.details = reply.details;
  }
}

type Args<K extends keyof Commands> = Commands[K]["args"];

/** Commands without arguments may be called without the empty object. */
type ArgsOf<K extends keyof Commands> = Record<string, never> extends Args<K> ? [args?: Args<K>] : [args: Args<K>];

/** Runs one command of the back end. Throws {@link HostError}. */
export async function call<K extends keyof Commands>(name: K, ...[args]: ArgsOf<K>): Promise<Commands[K]["result"]> {
  try {
    return await invoke<Commands[K]["result"]>(name, args ?? {});
  } catch (thrown) {
    throw toHostError(thrown);
  }
}

/** Listens to one event of the back end to this window; the answer stops listening. */
export function on<K extends keyof Events>(name: K, handle: (payload: Events[K]) => void): Promise<UnlistenFn> {
  const heard = (event: { payload: Events[K] }) => handle(event.payload);
  // Without a target it would hear the events of other windows too.
  return listen<Events[K]>(name, heard, { target: getCurrentWebview().label });
}

/** The settings the back end put into the page before it ran (`first.rs`); null outside the app. */
export function settingsAtStart(): Settings | null {
  return (globalThis as { __PRECEDENT_SETTINGS__?: Settings }).__PRECEDENT_SETTINGS__ ?? null;
}

/** Whether this is the window that the app started with. */
export const isFirstWindow = (): boolean => getCurrentWebview().label === "main";

/** Zoom of the whole page, as browsers do it: sizes, breakpoints and popovers agree. */
export async function setZoom(factor: number): Promise<void> {
  await getCurrentWebview().setZoom(factor);
}

/** Makes one error type of whatever was thrown, so that callers need a single branch. */
export function toHostError(thrown: unknown): HostError {
  if (thrown instanceof HostError) return thrown;
  if (isErrorReply(thrown)) return new HostError(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new HostError({ code: "internal", message, hint: null, path: null, line: null, details: null });
}

function isErrorReply(value: unknown): value is ErrorReply {
  return typeof value === "object" && value !== null && "code" in value && "message" in value;
}
