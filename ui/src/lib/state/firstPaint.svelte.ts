// The first screen of a start: what it does not show yet waits until it is painted, so that the list can be used sooner.

/** A window that is not shown gets no frames; nothing waits longer than this for one. */
const LONGEST_MS = 300;

export class FirstPaint {
  #over = $state(true);
  #waiting: (() => void)[] = [];

  /** Nothing waits: the first screen is painted, or nobody began one. */
  get over(): boolean {
    return this.#over;
  }

  /** A window starts. */
  begin(): void {
    this.#over = false;
  }

  /** Runs when the first screen is painted; at once when it is. */
  after(act: () => void): void {
    if (this.#over) act();
    else this.#waiting.push(act);
  }

  /** The first screen is drawn: ends with the frame that paints it. `painted` is called then, before what waited. */
  drawn(painted: () => void): void {
    const end = () => {
      if (this.#over) return;
      clearTimeout(late);
      this.#over = true;
      painted();
      for (const act of this.#waiting.splice(0)) act();
    };
    const late = setTimeout(end, LONGEST_MS);
    requestAnimationFrame(() => {
      // A message sent from a frame arrives when that frame has been painted.
      const channel = new MessageChannel();
      channel.port1.onmessage = end;
      channel.port2.postMessage(null);
    });
  }
}

export const firstPaint = new FirstPaint();
