import type { TraceJoin } from '../../model/span';
import { Column } from '../store/columns';
import { SmallSet } from './smallSet';

/** The spans of one trace. `version` goes up with every change of it. */
export interface TraceGroup {
  readonly key: string;
  /** Id in the log; undefined when the trace was put together by us. */
  readonly traceId: string | undefined;
  /** Known only for traces that are a session. */
  readonly sessionId: string | undefined;
  readonly heads: Iterable<number> & { readonly size: number };
  readonly version: number;
}

/** How a trace is known: by an id of the log, or by what we make of it. */
export interface TraceName {
  readonly key: string;
  readonly traceId?: string | undefined;
  readonly sessionId?: string | undefined;
}

interface WritableGroup extends TraceGroup {
  readonly heads: SmallSet;
  version: number;
}

const joins: readonly TraceJoin[] = ['alone', 'traceId', 'parent', 'session', 'inferred'];

/** Which span is in which trace, and why. */
export class TraceMembership {
  readonly #groups = new Map<string, WritableGroup>();
  /** By head. Rows are numbered without gaps, so a list is smaller and quicker than a map. */
  readonly #groupOf: (WritableGroup | undefined)[] = [];
  readonly #join = new Column('id');
  readonly #changed = new Set<WritableGroup>();

  assign(head: number, name: TraceName, join: TraceJoin): void {
    const before = this.#groupOf[head];
    if (before?.key === name.key && this.#join.get(head) === joins.indexOf(join)) {
      return;
    }
    this.remove(head);
    let group = this.#groups.get(name.key);
    if (!group) {
      group = {
        key: name.key,
        traceId: name.traceId,
        sessionId: name.sessionId,
        heads: new SmallSet(),
        version: 0,
      };
      this.#groups.set(name.key, group);
    }
    group.heads.add(head);
    this.#setGroup(head, group);
    this.#join.set(head, joins.indexOf(join));
    this.#touch(group);
  }

  remove(head: number): void {
    const group = this.#groupOf[head];
    if (!group) {
      return;
    }
    group.heads.delete(head);
    this.#groupOf[head] = undefined;
    if (group.heads.size === 0) {
      this.#groups.delete(group.key);
    }
    this.#touch(group);
  }

  get(key: string): TraceGroup | undefined {
    return this.#groups.get(key);
  }

  groupOf(head: number): TraceGroup | undefined {
    return this.#groupOf[head];
  }

  /** A span that nothing else joined is alone, whatever brought it there. */
  joinOf(head: number): TraceJoin {
    const join = joins[this.#join.get(head)] ?? 'alone';
    return join === 'inferred' && this.#groupOf[head]?.heads.size === 1 ? 'alone' : join;
  }

  /** Something that is derived from all spans is another one now. */
  touchAll(): void {
    for (const group of this.#groups.values()) {
      this.#touch(group);
    }
  }

  get count(): number {
    return this.#groups.size;
  }

  /** Traces that are new, different or empty since the last time of asking. */
  takeChanged(): readonly TraceGroup[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  #setGroup(head: number, group: WritableGroup): void {
    // never beyond the end: a list with holes turns into a slow map
    while (this.#groupOf.length < head) {
      this.#groupOf.push(undefined);
    }
    this.#groupOf[head] = group;
  }

  #touch(group: WritableGroup): void {
    group.version++;
    this.#changed.add(group);
  }
}
