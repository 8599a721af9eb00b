import { CallNesting, encloses } from '../../analysis/callNesting';
import { isCall, isFailed, type Span } from '../../model/span';
import type { TraceMembership } from '../grouping/traceMembership';
import { mergePatches, mergedTextId, rowDuration } from '../store/mergePatches';
import type { SpanStore } from '../store/spanStore';
import type { SpanReader } from './spanReader';

const maxCompared = 16; // calls of a trace that are compared with each other one by one; more are looked up

/** What `CallNesting` says of a call. */
export interface NestedCall {
  readonly isLeaf: boolean;
  readonly saysFailure: boolean;
  readonly saysToolCalls: boolean;
}

/**
 * Calls around calls in all traces. Only in a trace in which a call lies inside its parent are there spans made, for `CallNesting` to
 * judge; in most logs there is none.
 */
export class NestedCalls {
  readonly #store: SpanStore;
  readonly #membership: TraceMembership;
  readonly #reader: SpanReader;
  // of the calls of the trace that is looked at
  readonly #heads: number[] = [];
  readonly #spanIds: number[] = [];
  readonly #parentIds: number[] = [];

  constructor(store: SpanStore, membership: TraceMembership, reader: SpanReader) {
    this.#store = store;
    this.#membership = membership;
    this.#reader = reader;
  }

  /** By head; only the calls of traces that have calls around calls. */
  all(): ReadonlyMap<number, NestedCall> {
    const nested = new Map<number, NestedCall>();
    for (const trace of this.#membership.numbers()) {
      if (this.mayNest(trace)) {
        this.#judge(trace, nested);
      }
    }
    return nested;
  }

  #judge(trace: number, nested: Map<number, NestedCall>): void {
    const heads = [...this.#membership.headsOf(trace)].toSorted((one, other) =>
      this.#store.compareRows(one, other),
    );
    const headOf = new Map<Span, number>(heads.map(head => [this.#reader.read(head), head]));
    const nesting = new CallNesting(headOf.keys());
    const leaves = new Set(nesting.leaves);
    const failed = new Set(nesting.saying(isFailed));
    const asking = new Set(nesting.saying(call => call.toolCallNames.length > 0));
    for (const call of nesting.calls) {
      nested.set(headOf.get(call) ?? 0, {
        isLeaf: leaves.has(call),
        saysFailure: failed.has(call),
        saysToolCalls: asking.has(call),
      });
    }
  }

  /** Whether there may be calls around calls in a trace, by its number. */
  mayNest(trace: number): boolean {
    if (this.#membership.size(trace) < 2 || !this.#readLinks(trace)) {
      return false;
    }
    const heads = this.#heads;
    if (heads.length > maxCompared) {
      const parentsOf = this.#bySpanId();
      return heads.some((inner, at) =>
        parentsOf.get(this.#parentIds[at] ?? 0)?.some(outer => this.#encloses(outer, inner)),
      );
    }
    for (let inner = 0; inner < heads.length; inner++) {
      const parentId = this.#parentIds[inner];
      for (let outer = 0; parentId !== 0 && outer < heads.length; outer++) {
        if (
          this.#spanIds[outer] === parentId &&
          this.#encloses(heads[outer] ?? 0, heads[inner] ?? 0)
        ) {
          return true;
        }
      }
    }
    return false;
  }

  /** Reads the ids of the calls of a trace; false when none has a parent. */
  #readLinks(trace: number): boolean {
    const { table, spans } = this.#store;
    this.#heads.length = 0;
    let hasParent = false;
    for (const head of this.#membership.headsOf(trace)) {
      const rows = spans.isOneRow(head) ? undefined : spans.rows(head);
      if (!isCall(rows ? mergePatches(table, rows) : table.words(head))) {
        continue;
      }
      const at = this.#heads.push(head) - 1;
      const parentId = rows
        ? mergedTextId(table, rows, 'parentSpanId')
        : table.textId(head, 'parentSpanId');
      this.#parentIds[at] = parentId;
      this.#spanIds[at] = rows ? mergedTextId(table, rows, 'spanId') : table.textId(head, 'spanId');
      hasParent ||= parentId !== 0;
    }
    return hasParent;
  }

  #bySpanId(): ReadonlyMap<number, readonly number[]> {
    const bySpanId = new Map<number, number[]>();
    this.#heads.forEach((head, at) => {
      const spanId = this.#spanIds[at] ?? 0;
      if (spanId === 0) {
        return;
      }
      const known = bySpanId.get(spanId);
      if (known) {
        known.push(head);
      } else {
        bySpanId.set(spanId, [head]);
      }
    });
    return bySpanId;
  }

  #encloses(outer: number, inner: number): boolean {
    return outer !== inner && encloses(this.#timeOf(outer), this.#timeOf(inner));
  }

  #timeOf(head: number): Pick<Span, 'startTime' | 'durationMs'> {
    const { table, spans } = this.#store;
    return spans.isOneRow(head)
      ? { startTime: table.number(head, 'startTime'), durationMs: rowDuration(table, head) }
      : mergePatches(table, spans.rows(head));
  }
}
