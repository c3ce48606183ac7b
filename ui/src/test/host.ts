// A stand-in for the host in component tests: answers by command name, and a way to send its events.
import { emit } from "@tauri-apps/api/event";
import { clearMocks, mockIPC, mockWindows } from "@tauri-apps/api/mocks";

import type { Commands, Events } from "../lib/ipc/commands";

type Answers = { [K in keyof Commands]?: (args: Commands[K]["args"]) => Commands[K]["result"] | Promise<Commands[K]["result"]> };

/** Every call that was made, in order. `window` is the label of the window that makes them. */
export function host(answers: Answers, window = "main"): { name: string; args: unknown }[] {
  const calls: { name: string; args: unknown }[] = [];
  mockWindows(window);
  mockIPC((name, args) => {
    if (name.startsWith("plugin:")) return 0;
    calls.push({ name, args });
    const answer = answers[name as keyof Commands] as ((args: unknown) => unknown) | undefined;
    // Preferences hold for the session; tests of the file itself answer for it.
    if (!answer && name === "set_setting") return { values: {}, file: "", damaged: null, trouble: null };
    if (!answer) throw { code: "internal", message: `no answer for ${name}`, hint: null, path: null, line: null, details: null };
    return answer(args);
  }, { shouldMockEvents: true });
  return calls;
}

/** Sends an event as the host would. */
export const send = <K extends keyof Events>(name: K, value: Events[K]): Promise<void> => emit(name, value);

export const forgetHost = clearMocks;
