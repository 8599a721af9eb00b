/** More traces than that change between two looks: their rows come faster than anybody can point at one. */
const floodTraces = 5;

const rememberedLists = 3;

/** A trace in the list of a level. */
export interface StayedAt {
  readonly level: string;
  readonly traceKey: string;
}

/** Whether these traces are so many; undefined: they are too many to be named. */
export function isFlood(traceKeys: Iterable<string> | undefined): boolean {
  return traceKeys === undefined || [...traceKeys].length > floodTraces;
}

/**
 * Where lists of traces begin. The newest come first; but while many come and somebody stays at a row, the list stays where it is, or that row
 * would move on and soon be gone.
 */
export class HeldLists {
  /** What a list was last, the newest first: VS Code may still show one of those before. Keys of traces. */
  private readonly shown = new Map<string, readonly (readonly string[])[]>();
  private readonly held = new Map<string, string>();

  /** Key of the trace that a list begins with; undefined: the newest. */
  startOf(level: string): string | undefined {
    return this.held.get(level);
  }

  note(level: string, keys: readonly string[]): void {
    this.shown.set(level, [keys, ...(this.shown.get(level) ?? [])].slice(0, rememberedLists));
  }

  /** Somebody stays at a trace in the list of this level: other lists go on. undefined: where that is, is not known now. */
  stayAt(place: StayedAt | undefined, isFlooded: boolean): void {
    if (place === undefined) {
      return;
    }
    const { level, traceKey } = place;
    for (const other of this.held.keys()) {
      if (other !== level) {
        this.held.delete(other);
      }
    }
    if (isFlooded && !this.held.has(level)) {
      const list = this.shown.get(level)?.find(keys => keys.includes(traceKey));
      this.held.set(level, list?.[0] ?? traceKey);
    }
  }

  release(level: string): void {
    this.held.delete(level);
  }

  clear(): void {
    this.shown.clear();
    this.held.clear();
  }
}
