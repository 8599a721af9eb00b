import { LRUCache } from 'lru-cache';
import type { Trace } from '../../model/trace';
import type { Span } from '../../model/span';
import type { Grouping } from '../grouping/grouping';
import type { TraceGroup } from '../grouping/traceGroup';
import { earliestStart } from '../store/mergePatches';
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

/** A trace and where it stands in the list. */
interface Entry {
  group: TraceGroup;
  startTime: number | undefined;
  isGone: boolean;
}

/** All traces, newest first. What changed is computed again when somebody looks, the rest is kept. */
export class TraceList {
  readonly #store: SpanStore;
  readonly #grouping: Grouping;
  readonly #reader: SpanReader;
  readonly #names: TraceNames;
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new Set<string>();
  readonly #summaries = new LRUCache<
    string,
    { readonly group: TraceGroup; readonly version: number; readonly summary: Summary }
  >({ max: maxSummaries });
  #order: Entry[] = [];
  #groups: readonly TraceGroup[] = [];
  /** Of the trace that was asked for last: who works through a trace asks for each of its spans. */
  #members: Members | undefined;

  constructor(store: SpanStore, grouping: Grouping, reader: SpanReader, names: TraceNames) {
    this.#store = store;
    this.#grouping = grouping;
    this.#reader = reader;
    this.#names = names;
  }

  /** These traces are new, different or empty now. */
  update(changed: readonly TraceGroup[]): void {
    for (const { key } of changed) {
      this.#changed.add(key);
    }
  }

  get count(): number {
    return this.#grouping.membership.count;
  }

  /** Newest first; those without a time last. */
  groups(): readonly TraceGroup[] {
    if (this.#changed.size > 0) {
      this.#reorder();
    }
    return this.#groups;
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
    const added: Entry[] = [];
    for (const key of this.#changed) {
      const group = this.#grouping.membership.get(key);
      const entry = this.#entries.get(key);
      if (!group) {
        this.#entries.delete(key);
        if (entry) {
          entry.isGone = true;
        }
        continue;
      }
      const startTime = this.#startOf(group);
      if (entry) {
        entry.group = group;
        entry.startTime = startTime;
        continue;
      }
      const fresh = { group, startTime, isGone: false };
      this.#entries.set(key, fresh);
      added.push(fresh);
    }
    this.#changed.clear();
    // most are in order already, which the sort of V8 makes use of
    this.#order = [...this.#order.filter(entry => !entry.isGone), ...added].toSorted(newestFirst);
    this.#groups = this.#order.map(entry => entry.group);
  }

  #startOf(group: TraceGroup): number | undefined {
    let earliest: number | undefined;
    for (const head of group.heads) {
      const start = earliestStart(this.#store.table, this.#store.spans.rows(head));
      earliest = start === undefined ? earliest : Math.min(start, earliest ?? start);
    }
    return earliest;
  }
}

function newestFirst(one: Entry, other: Entry): number {
  const first = one.startTime ?? Number.NEGATIVE_INFINITY;
  const second = other.startTime ?? Number.NEGATIVE_INFINITY;
  if (first !== second) {
    return second - first;
  }
  return one.group.key < other.group.key ? -1 : 1;
}
