import type { Trace } from '../../model/trace';
import type { Span } from '../../model/span';
import type { Grouping } from '../grouping/grouping';
import type { TraceGroup } from '../grouping/traceGroup';
import { earliestStart } from '../store/mergePatches';
import type { SpanStore } from '../store/spanStore';
import type { SpanReader } from './spanReader';
import type { TraceNames } from './traceNames';
import { inTimeOrder, summariseTrace } from './traceSummary';

/** A span and the row that it is known by. */
export interface HeadedSpan {
  readonly head: number;
  readonly span: Span;
}

type Summary = Omit<Trace, 'name'>;

interface Entry {
  readonly group: TraceGroup;
  /** Version of the group that the rest is of. */
  version: number;
  startTime: number | undefined;
  summary: Summary | undefined;
}

/** All traces, newest first. What changed is computed again, the rest is kept. */
export class TraceList {
  readonly #store: SpanStore;
  readonly #grouping: Grouping;
  readonly #reader: SpanReader;
  readonly #names: TraceNames;
  readonly #entries = new Map<string, Entry>();
  #order: Entry[] = [];

  constructor(store: SpanStore, grouping: Grouping, reader: SpanReader, names: TraceNames) {
    this.#store = store;
    this.#grouping = grouping;
    this.#reader = reader;
    this.#names = names;
  }

  /** `changed`: traces that are new, different or empty now. */
  update(changed: readonly TraceGroup[]): void {
    if (changed.length === 0) {
      return;
    }
    for (const { key } of changed) {
      const group = this.#grouping.membership.get(key);
      const entry = this.#entries.get(key);
      if (!group) {
        this.#entries.delete(key);
      } else if (entry?.group !== group || entry.version !== group.version) {
        const startTime = this.#startOf(group);
        this.#entries.set(key, { group, version: group.version, startTime, summary: undefined });
      }
    }
    const isCurrent = (entry: Entry) => this.#entries.get(entry.group.key) === entry;
    const before = this.#order.filter(isCurrent);
    const listed = new Set(before);
    const added = changed
      .map(({ key }) => this.#entries.get(key))
      .filter((entry): entry is Entry => entry !== undefined && !listed.has(entry));
    // most are sorted already, which the sort of V8 makes use of
    this.#order = [...before, ...new Set(added)].toSorted(newestFirst);
  }

  /** Everything that was derived is computed again: prices are there, or others. */
  forgetSummaries(): void {
    for (const entry of this.#entries.values()) {
      entry.summary = undefined;
    }
  }

  get count(): number {
    return this.#order.length;
  }

  /** Newest first; those without a time last. */
  groups(): readonly TraceGroup[] {
    return this.#order.map(entry => entry.group);
  }

  spansOf(group: TraceGroup): readonly HeadedSpan[] {
    const heads = [...group.heads].toSorted((one, other) => this.#store.compareRows(one, other));
    const headOf = new Map(heads.map(head => [this.#reader.read(head), head]));
    return inTimeOrder([...headOf.keys()]).map(span => ({ span, head: headOf.get(span) ?? 0 }));
  }

  summaryOf(group: TraceGroup): Summary {
    const entry = this.#entries.get(group.key);
    const summary = entry?.summary ?? this.#summarise(group, this.spansOf(group));
    if (entry) {
      entry.summary = summary;
    }
    return summary;
  }

  /** With its name, which may have to be read from disk. */
  traceOf(group: TraceGroup): Trace {
    const summary = this.summaryOf(group);
    const name = this.#names.known(group) ?? this.#names.find(group, summary, this.spansOf(group));
    return { ...summary, name };
  }

  #summarise(group: TraceGroup, spans: readonly HeadedSpan[]): Summary {
    const headOf = new Map(spans.map(({ span, head }) => [span.key, head]));
    const titleOf = (span: Span) => this.#reader.labelOf(headOf.get(span.key) ?? 0, span).title;
    return summariseTrace(
      group,
      spans.map(({ span }) => span),
      titleOf,
    );
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
