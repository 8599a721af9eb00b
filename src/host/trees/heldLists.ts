/** More traces than that change between two looks: their rows come faster than anybody can point at one. */
const floodTraces = 5;

/** Whether these traces are so many; undefined: they are too many to be named. */
export function isFlood(traceKeys: Iterable<string> | undefined): boolean {
  return traceKeys === undefined || [...traceKeys].length > floodTraces;
}

/**
 * Where lists of traces begin. The newest come first; but while many come and somebody stays at a row, the list stays where it is, or that row
 * would move on and soon be gone.
 */
export class HeldLists {
  /** The first trace that a list shows. */
  private readonly first = new Map<string, string>();
  private readonly held = new Map<string, string>();

  /** Key of the trace that a list begins with; undefined: the newest. */
  startOf(level: string): string | undefined {
    return this.held.get(level);
  }

  note(level: string, firstKey: string | undefined): void {
    if (firstKey !== undefined) {
      this.first.set(level, firstKey);
    }
  }

  /** Somebody stays in the list of this level, or in none: the others go on. */
  stayAt(level: string | undefined, isFlooded: boolean): void {
    for (const other of this.held.keys()) {
      if (other !== level) {
        this.held.delete(other);
      }
    }
    const firstKey = level === undefined ? undefined : this.first.get(level);
    if (level !== undefined && firstKey !== undefined && isFlooded && !this.held.has(level)) {
      this.held.set(level, firstKey);
    }
  }

  release(level: string): void {
    this.held.delete(level);
  }

  clear(): void {
    this.first.clear();
    this.held.clear();
  }
}
