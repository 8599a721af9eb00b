import { LRUCache } from 'lru-cache';
import type { Trace } from '../../model/trace';
import type { Span } from '../../model/span';
import type { Grouping } from '../grouping/grouping';
import type { TraceGroup } from '../grouping/traceGroup';
import { Column, type ColumnState } from '../store/columns';
import { RowSet } from '../store/rowSet';
import type { SpanStore } from '../store/spanStore';
import type { GrowthBounds } from './growthBounds';
import { KeptTraces } from './keptTraces';
import { ReadyTraces } from './readyTraces';
import type { SpanReader } from './spanReader';
import type { TraceDigest } from './traceDigest';
import type { TraceNames } from './traceNames';
import { glanceAt, type HeadedSpan, type SpanSources } from './traceSpans';
import { TraceStarts } from './traceStarts';

const maxSummaries = 4000; // of traces that were shown

type Summary = Omit<Trace, 'name'>;

export interface TraceListState {
  readonly start: ColumnState;
  /** Numbers of traces. */
  readonly order: Uint32Array;
}

/** All traces, newest first. What changed is computed again when somebody looks, the rest is kept. */
export class TraceList {
  readonly #grouping: Grouping;
  readonly #reader: SpanReader;
  readonly #names: TraceNames;
  readonly #bounds: GrowthBounds;
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
  readonly #sources: SpanSources;
  readonly #kept: KeptTraces;
  readonly #ready: ReadyTraces;
  readonly #starts: TraceStarts;

  constructor(
    store: SpanStore,
    grouping: Grouping,
    reader: SpanReader,
    names: TraceNames,
    bounds: GrowthBounds,
    refresh: () => void,
  ) {
    const { membership } = grouping;
    this.#grouping = grouping;
    this.#reader = reader;
    this.#names = names;
    this.#bounds = bounds;
    this.#sources = { store, membership, reader, bounds };
    this.#kept = new KeptTraces(this.#sources);
    this.#ready = new ReadyTraces(this.#kept, bounds, refresh);
    this.#starts = new TraceStarts(store, membership, bounds);
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

  /** Answers when what it lists of these traces is known or found out in a moment. */
  whenListed<Answer>(groups: readonly TraceGroup[], answer: () => Answer): Promise<Answer> {
    const open = groups.filter(
      group => !this.#knownSummary(group) || this.#names.known(group) === undefined,
    );
    return this.#ready.when(open, 'digest', group => this.traceOf(group), answer);
  }

  /** The same of what `digestOf` says of them. */
  whenAddedUp<Answer>(groups: readonly TraceGroup[], answer: () => Answer): Promise<Answer> {
    return this.#ready.when(groups, 'digest', () => {}, answer);
  }

  /** Answers when the spans of these traces can be had in a moment. */
  whenRead<Answer>(groups: readonly TraceGroup[], answer: () => Answer): Promise<Answer> {
    return this.#ready.when(groups, 'spans', () => {}, answer);
  }

  /** In time order. The same list again as long as the trace is the same and no others were asked for. */
  spansOf(group: TraceGroup): readonly HeadedSpan[] {
    return this.#kept.of(group).headed;
  }

  /** The same for now: they hold until the store changes. What is not asked of them costs nothing. */
  glanceAt(group: TraceGroup): readonly HeadedSpan[] {
    return glanceAt(group, this.#sources);
  }

  /** The same without the rows. */
  bareSpansOf(group: TraceGroup): readonly Span[] {
    return this.#kept.of(group).spans;
  }

  /** The first of the same, so many. */
  firstSpansOf(group: TraceGroup, count: number): readonly Span[] {
    return this.#kept.of(group).first(count);
  }

  /** How many of the first spans of the same are those that it had in this version; fewer where that was forgotten. */
  sameSince(group: TraceGroup, version: number): number {
    return this.#kept.of(group).sameSince(version);
  }

  /** What all its spans say together; undefined: there are so few of them that this is found out faster in another way. */
  digestOf(group: TraceGroup): TraceDigest | undefined {
    return this.hasDigest(group) ? this.#kept.of(group).digest : undefined;
  }

  /** Whether there are so many. */
  hasDigest(group: TraceGroup): boolean {
    return group.heads.size >= this.#bounds.shared;
  }

  /** Everything of a trace but its name. */
  summaryOf(group: TraceGroup): Summary {
    const known = this.#knownSummary(group);
    if (known) {
      return known;
    }
    const titleOf = (span: Span) => this.#reader.labelOf(span).title;
    const summary = this.#kept.of(group).digest.summary(group, titleOf);
    this.#summaries.set(group.key, { group, version: group.version, summary });
    return summary;
  }

  #knownSummary(group: TraceGroup): Summary | undefined {
    const known = this.#summaries.get(group.key);
    return known?.group === group && known.version === group.version ? known.summary : undefined;
  }

  /** With its name, which may have to be read from disk. */
  traceOf(group: TraceGroup): Trace {
    const name = this.#names.known(group);
    const summary = this.summaryOf(group);
    return { ...summary, name: name ?? this.#names.find(group, summary, this.#kept.of(group)) };
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
        this.#starts.forget(number);
        continue;
      }
      this.#start.set(number, this.#starts.of(number) ?? Number.NEGATIVE_INFINITY);
      placed.add(number);
    }
    this.#changed = new RowSet();
    const stay = this.#order.filter(number => !placed.has(number) && membership.size(number) > 0);
    this.#order = merged(stay, [...placed].toSorted(this.#newestFirst), this.#newestFirst);
    this.#groups = undefined;
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
