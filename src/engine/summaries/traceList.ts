import { LRUCache } from 'lru-cache';
import type { Trace } from '../../model/trace';
import type { Span } from '../../model/span';
import type { Grouping } from '../grouping/grouping';
import type { TraceGroup } from '../grouping/traceGroup';
import { Column, type ColumnState } from '../store/columns';
import { earliestStart } from '../store/mergePatches';
import { RowSet } from '../store/rowSet';
import type { SpanStore } from '../store/spanStore';
import type { SpanReader } from './spanReader';
import type { TraceNames } from './traceNames';
import { inTimeOrder, summariseTrace } from './traceSummary';

const maxSummaries = 4000; // of traces that were shown

/** A span and the row that it is known by. */
export interface HeadedSpan {
  readonly head: number;
  readonly span: Span;
}

type Summary = Omit<Trace, 'name'>;

/** The spans of a trace in one of its states. */
interface Members {
  readonly group: TraceGroup;
  readonly version: number;
  readonly headed: readonly HeadedSpan[];
  readonly spans: readonly Span[];
}

export interface TraceListState {
  readonly start: ColumnState;
  /** Numbers of traces. */
  readonly order: Uint32Array;
}

/** All traces, newest first. What changed is computed again when somebody looks, the rest is kept. */
export class TraceList {
  readonly #store: SpanStore;
  readonly #grouping: Grouping;
  readonly #reader: SpanReader;
  readonly #names: TraceNames;
  // by number of a trace
  readonly #start = new Column('measure');
  #changed = new RowSet();
  readonly #summaries = new LRUCache<
    string,
    { readonly group: TraceGroup; readonly version: number; readonly summary: Summary }
  >({ max: maxSummaries });
  /** Numbers of all traces as they were listed last. */
  #order: Uint32Array = new Uint32Array();
  /** The same as objects, once somebody has asked for all of them. */
  #groups: readonly TraceGroup[] | undefined;
  /** Of the trace that was asked for last: who works through a trace asks for each of its spans. */
  #members: Members | undefined;

  constructor(store: SpanStore, grouping: Grouping, reader: SpanReader, names: TraceNames) {
    this.#store = store;
    this.#grouping = grouping;
    this.#reader = reader;
    this.#names = names;
  }

  /** Sorts first: whoever takes this up again need not. */
  save(): TraceListState {
    this.#reorder();
    return {
      start: this.#start.save(),
      order: this.#order,
    };
  }

  restore({ start, order }: TraceListState): void {
    this.#start.restore(start);
    this.#order = order;
    this.#groups = undefined;
  }

  /** The traces with these numbers are new, different or empty now. */
  update(changed: Iterable<number>): void {
    for (const number of changed) {
      this.#changed.add(number);
    }
  }

  get count(): number {
    return this.#grouping.membership.count;
  }

  /** Newest first; those without a time last. */
  groups(): readonly TraceGroup[] {
    this.#reorder();
    return (this.#groups ??= Array.from(this.#order, number => this.#viewOf(number)));
  }

  /** A part of the same: no objects are made of all the others. */
  page(start: number, end: number): readonly TraceGroup[] {
    this.#reorder();
    return Array.from(this.#order.subarray(start, end), number => this.#viewOf(number));
  }

  #viewOf(number: number): TraceGroup {
    return this.#grouping.membership.view(number);
  }

  /** In time order. The same list again as long as the trace is the same and no other was asked for. */
  spansOf(group: TraceGroup): readonly HeadedSpan[] {
    return this.#membersOf(group).headed;
  }

  /** The same without the rows. */
  bareSpansOf(group: TraceGroup): readonly Span[] {
    return this.#membersOf(group).spans;
  }

  #membersOf(group: TraceGroup): Members {
    if (this.#members?.group !== group || this.#members.version !== group.version) {
      const headed = this.#readSpans(group);
      const spans = headed.map(({ span }) => span);
      this.#members = { group, version: group.version, headed, spans };
    }
    return this.#members;
  }

  #readSpans(group: TraceGroup): readonly HeadedSpan[] {
    const heads = [...group.heads].toSorted((one, other) => this.#store.compareRows(one, other));
    const headOf = new Map(heads.map(head => [this.#reader.read(head), head]));
    return inTimeOrder([...headOf.keys()]).map(span => ({ span, head: headOf.get(span) ?? 0 }));
  }

  /** With its name, which may have to be read from disk. */
  traceOf(group: TraceGroup): Trace {
    const known = this.#summaries.get(group.key);
    const isKnown = known?.group === group && known.version === group.version;
    const name = this.#names.known(group);
    if (isKnown && name !== undefined) {
      return { ...known.summary, name };
    }
    const spans = this.spansOf(group);
    const titleOf = (span: Span) => this.#reader.labelOf(span).title;
    const summary = summariseTrace(group, this.bareSpansOf(group), titleOf);
    this.#summaries.set(group.key, { group, version: group.version, summary });
    return { ...summary, name: name ?? this.#names.find(group, summary, spans) };
  }

  #reorder(): void {
    if (this.#changed.size === 0) {
      return;
    }
    const { membership } = this.#grouping;
    // also one that was listed: its number may have been given to another trace meanwhile
    const placed = new Set<number>();
    for (const number of this.#changed) {
      if (membership.size(number) === 0) {
        continue;
      }
      this.#start.set(number, this.#startOf(number) ?? Number.NEGATIVE_INFINITY);
      placed.add(number);
    }
    this.#changed = new RowSet();
    const stay = this.#order.filter(number => !placed.has(number) && membership.size(number) > 0);
    this.#order = merged(stay, [...placed].toSorted(this.#newestFirst), this.#newestFirst);
    this.#groups = undefined;
  }

  #startOf(number: number): number | undefined {
    const { table, spans } = this.#store;
    let earliest: number | undefined;
    for (const head of this.#grouping.membership.headsOf(number)) {
      const start = spans.isOneRow(head)
        ? table.number(head, 'startTime')
        : earliestStart(table, spans.rows(head));
      earliest = start === undefined ? earliest : Math.min(start, earliest ?? start);
    }
    return earliest;
  }

  readonly #newestFirst = (one: number, other: number): number => {
    const first = this.#start.get(one);
    const second = this.#start.get(other);
    if (first !== second) {
      return second - first;
    }
    const { membership } = this.#grouping;
    return membership.facts(one).key < membership.facts(other).key ? -1 : 1;
  };
}

/** Two sorted lists in one. */
function merged(
  one: Uint32Array,
  other: readonly number[],
  compare: (first: number, second: number) => number,
): Uint32Array {
  const all = new Uint32Array(one.length + other.length);
  let count = 0;
  let at = 0;
  for (const number of one) {
    for (let next = other[at]; next !== undefined && compare(next, number) < 0; next = other[at]) {
      all[count++] = next;
      at++;
    }
    all[count++] = number;
  }
  all.set(other.slice(at), count);
  return all;
}
