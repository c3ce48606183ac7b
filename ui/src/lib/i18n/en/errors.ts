// What the host says of errors. It speaks English, so its own words stand.
import type { ErrorCode } from "../../ipc/bindings";

export const errors = {
  /** The sentence of an error; `message` is the host's. */
  said: (_code: ErrorCode, message: string) => message,
  /** What to do next; `hint` is the host's. */
  hint: (_code: ErrorCode, hint: string) => hint,
};
