import { enclosesTime } from '../../analysis/callNesting';
import { isCall } from '../../model/span';
import type { TraceMembership } from '../grouping/traceMembership';
import type { ReadableColumn } from '../store/columns';
import { mergePatches, mergedTextId } from '../store/mergePatches';
import { durationFrom } from '../store/rowPatch';
import type { SpanStore } from '../store/spanStore';

const maxCompared = 24; // calls of a trace that are compared with each other one by one; more are looked up

type Numbers = Pick<ReadableColumn, 'get'>;

/** Which calls of a trace lie inside their parents: by numbers, as there may be a hundred thousand traces. */
export class CallLinks {
  readonly #store: SpanStore;
  readonly #membership: TraceMembership;
  readonly #after: Numbers;
  readonly #words: Numbers;
  readonly #spanId: Numbers;
  readonly #parentSpanId: Numbers;
  readonly #startTime: Numbers;
  readonly #endTime: Numbers;
  readonly #durationMs: Numbers;
  // of the calls of the trace that is looked at
  #count = 0;
  readonly #heads: number[] = [];
  readonly #spanIds: number[] = [];
  readonly #parentIds: number[] = [];
  /** NaN: unknown. */
  readonly #starts: number[] = [];
  readonly #durations: number[] = [];

  /** `read` says how columns are read. */
  constructor(
    store: SpanStore,
    membership: TraceMembership,
    read: (column: ReadableColumn) => Numbers,
  ) {
    const { table } = store;
    this.#store = store;
    this.#membership = membership;
    this.#after = read(membership.after);
    this.#words = read(table.column('words'));
    this.#spanId = read(table.column('spanId'));
    this.#parentSpanId = read(table.column('parentSpanId'));
    this.#startTime = read(table.column('startTime'));
    this.#endTime = read(table.column('endTime'));
    this.#durationMs = read(table.column('durationMs'));
  }

  /** Whether any span may have a parent. */
  get areThere(): boolean {
    const { table } = this.#store;
    return table.rows > 0 && !table.column('parentSpanId').isUnset(0, table.rows);
  }

  /** Whether there may be calls around calls in a trace, by its number. */
  mayNest(trace: number): boolean {
    if (this.#membership.size(trace) < 2 || !this.#readLinks(trace)) {
      return false;
    }
    this.#readTimes();
    const isLong = this.#count > maxCompared;
    const before = isLong ? this.#bySpanId() : undefined;
    for (let inner = 0; inner < this.#count; inner++) {
      const parentId = this.#parentIds[inner] ?? 0;
      if (parentId === 0) {
        continue;
      }
      const isInside = before
        ? this.#isInside(inner, before.get(parentId))
        : this.#isInsideAny(inner, parentId);
      if (isInside) {
        return true;
      }
    }
    return false;
  }

  #isInsideAny(inner: number, parentId: number): boolean {
    for (let outer = 0; outer < this.#count; outer++) {
      if (this.#spanIds[outer] === parentId && this.#encloses(outer, inner)) {
        return true;
      }
    }
    return false;
  }

  #isInside(inner: number, outers: readonly number[] | undefined): boolean {
    return outers?.some(outer => this.#encloses(outer, inner)) ?? false;
  }

  /** Reads the ids of the calls of a trace; false when none has a parent. */
  #readLinks(trace: number): boolean {
    const { table, spans } = this.#store;
    let count = 0;
    let hasParent = false;
    for (let next = this.#membership.firstOf(trace); next !== 0; next = this.#after.get(next - 1)) {
      const head = next - 1;
      const rows = spans.isOneRow(head) ? undefined : spans.rows(head);
      if (!isCall(rows ? mergePatches(table, rows) : table.wordsOf(this.#words.get(head)))) {
        continue;
      }
      const parentId = rows
        ? mergedTextId(table, rows, 'parentSpanId')
        : this.#parentSpanId.get(head);
      this.#heads[count] = head;
      this.#parentIds[count] = parentId;
      this.#spanIds[count] = rows ? mergedTextId(table, rows, 'spanId') : this.#spanId.get(head);
      hasParent ||= parentId !== 0;
      count++;
    }
    this.#count = count;
    return hasParent;
  }

  #bySpanId(): ReadonlyMap<number, readonly number[]> {
    const bySpanId = new Map<number, number[]>();
    for (let at = 0; at < this.#count; at++) {
      const spanId = this.#spanIds[at] ?? 0;
      const known = bySpanId.get(spanId);
      if (known) {
        known.push(at);
      } else {
        bySpanId.set(spanId, [at]);
      }
    }
    return bySpanId;
  }

  #encloses(outer: number, inner: number): boolean {
    return (
      outer !== inner &&
      enclosesTime(
        this.#starts[outer] ?? Number.NaN,
        this.#durations[outer] ?? Number.NaN,
        this.#starts[inner] ?? Number.NaN,
        this.#durations[inner] ?? Number.NaN,
      )
    );
  }

  /** Reads when those calls were. */
  #readTimes(): void {
    const { table, spans } = this.#store;
    for (let at = 0; at < this.#count; at++) {
      const head = this.#heads[at] ?? 0;
      if (spans.isOneRow(head)) {
        const start = this.#startTime.get(head);
        const duration = this.#durationMs.get(head);
        this.#starts[at] = start;
        this.#durations[at] = durationFrom(duration, start, this.#endTime.get(head));
      } else {
        const { startTime, durationMs } = mergePatches(table, spans.rows(head));
        this.#starts[at] = startTime ?? Number.NaN;
        this.#durations[at] = durationMs ?? Number.NaN;
      }
    }
  }
}
