// An effect that registers an action, as screens do; counts how often it runs.
import { type Action, actions } from "../lib/actions/actions.svelte";

export function registerInEffect(action: Action): { runs: () => number; stop: () => void } {
  let runs = 0;
  const stop = $effect.root(() => {
    $effect(() => {
      runs += 1;
      return actions.register([action]);
    });
  });
  return { runs: () => runs, stop };
}
