import { LRUCache } from 'lru-cache';
import { isCall, type Span } from '../../model/span';
import type { Trace } from '../../model/trace';
import type { Group, GroupBy, Page } from '../../protocol/engineContract';
import type { EngineCore } from '../core';
import type { TraceGroup } from '../grouping/traceGroup';
import { failedSpans } from '../summaries/traceSummary';
import { type Filtering, isEmpty } from './filtering';
import { toPage } from './paging';

const maxGroupings = 8; // answers kept until something changes

interface GroupedTraces {
  readonly group: Group;
  readonly traces: readonly TraceGroup[];
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Lists of traces and of what they are grouped by. */
export class TraceQueries {
  readonly #core: EngineCore;
  readonly #filtering: Filtering;
  readonly #grouped = new LRUCache<
    string,
    { readonly revision: number; readonly groups: ReadonlyMap<string, GroupedTraces> }
  >({ max: maxGroupings });

  constructor(core: EngineCore, filtering: Filtering) {
    this.#core = core;
    this.#filtering = filtering;
  }

  listTraces({
    groupBy = 'trace',
    group,
    filter = '',
    ...range
  }: Range & {
    readonly groupBy?: GroupBy | undefined;
    readonly group?: string | undefined;
    readonly filter?: string | undefined;
  }): Page<Trace> {
    const traces =
      groupBy === 'trace' || group === undefined
        ? this.#filtering.traces(filter)
        : (this.#groups(groupBy, filter).get(group)?.traces ?? []);
    const list = this.#core.traces;
    return toPage(traces, range, trace => list.traceOf(trace));
  }

  listGroups({
    groupBy,
    filter = '',
    ...range
  }: Range & { readonly groupBy: GroupBy; readonly filter?: string | undefined }): Page<Group> {
    const groups = [...this.#groups(groupBy, filter).values()].map(({ group }) => group);
    const time = (group: Group) => group.latestTime ?? Number.NEGATIVE_INFINITY;
    const sorted = groups.toSorted(
      (one, other) => compare(time(other), time(one)) || (one.label < other.label ? -1 : 1),
    );
    return toPage(sorted, range, group => group);
  }

  #groups(groupBy: GroupBy, filter: string): ReadonlyMap<string, GroupedTraces> {
    const { revision } = this.#core;
    const cacheKey = `${groupBy} ${filter}`;
    const known = this.#grouped.get(cacheKey);
    if (known?.revision === revision) {
      return known.groups;
    }
    const groups = groupBy === 'trace' ? new Map() : this.#compute(groupBy, filter);
    this.#grouped.set(cacheKey, { revision, groups });
    return groups;
  }

  #compute(groupBy: Exclude<GroupBy, 'trace'>, filter: string): ReadonlyMap<string, GroupedTraces> {
    const tallies = new Map<string, Tally>();
    const list = this.#core.traces;
    for (const trace of this.#filtering.traces(filter)) {
      const spans = this.#spansOf(trace, filter);
      for (const [id, members] of split(spans, list.summaryOf(trace), groupBy)) {
        const tally = tallies.get(id) ?? new Tally(id, this.#labelOf(groupBy, id));
        tallies.set(id, tally);
        tally.add(trace, members);
      }
    }
    return new Map([...tallies].map(([id, tally]) => [id, tally.toGroup()]));
  }

  /** The spans of a trace that the filter lets through. */
  #spansOf(trace: TraceGroup, filter: string): readonly Span[] {
    const { reader } = this.#core;
    const heads = isEmpty(filter)
      ? trace.heads
      : (this.#filtering.matches(filter).traces.get(trace) ?? []);
    return [...heads].map(head => reader.read(head));
  }

  #labelOf(groupBy: Exclude<GroupBy, 'trace'>, id: string): string {
    if (groupBy === 'file') {
      return this.#core.store.file(id)?.name ?? id;
    }
    const nameless = { session: 'No session', model: 'Unknown model', day: 'No time' };
    return id === '' ? nameless[groupBy] : id;
  }
}

/** The spans of one trace by what they are grouped by; a trace may stand under several models or files. */
function split(
  spans: readonly Span[],
  trace: Omit<Trace, 'name'>,
  groupBy: Exclude<GroupBy, 'trace'>,
): ReadonlyMap<string, readonly Span[]> {
  switch (groupBy) {
    case 'session':
      return new Map([[trace.sessionId ?? '', spans]]);
    case 'day':
      return new Map([[dayOf(trace.startTime), spans]]);
    case 'model': {
      const calls = spans.filter(isCall);
      return calls.length === 0
        ? new Map([['', spans]])
        : groupSpans(calls, span => [span.model ?? '']);
    }
    case 'file':
      return groupSpans(spans, span => [...new Set(span.sources.map(source => source.file))]);
  }
}

function groupSpans(
  spans: readonly Span[],
  idsOf: (span: Span) => readonly string[],
): ReadonlyMap<string, readonly Span[]> {
  const groups = new Map<string, Span[]>();
  for (const span of spans) {
    for (const id of idsOf(span)) {
      const members = groups.get(id) ?? [];
      groups.set(id, members);
      members.push(span);
    }
  }
  return groups;
}

class Tally {
  readonly #id: string;
  readonly #label: string;
  readonly #traces: TraceGroup[] = [];
  #calls = 0;
  #errors = 0;
  #costUsd: number | undefined;
  #unpricedCalls = 0;
  #latestTime: number | undefined;

  constructor(id: string, label: string) {
    this.#id = id;
    this.#label = label;
  }

  add(trace: TraceGroup, spans: readonly Span[]): void {
    this.#traces.push(trace);
    this.#errors += failedSpans(spans).length;
    for (const span of spans) {
      const { startTime, cost } = span;
      if (startTime !== undefined) {
        this.#latestTime = Math.max(startTime, this.#latestTime ?? startTime);
      }
      if (!isCall(span)) {
        continue;
      }
      this.#calls += 1;
      if (cost) {
        this.#costUsd = (this.#costUsd ?? 0) + cost.usd;
      } else {
        this.#unpricedCalls += 1;
      }
    }
  }

  toGroup(): GroupedTraces {
    return {
      group: {
        id: this.#id,
        label: this.#label,
        traces: this.#traces.length,
        calls: this.#calls,
        errors: this.#errors,
        costUsd: this.#costUsd,
        unpricedCalls: this.#unpricedCalls,
        latestTime: this.#latestTime,
      },
      traces: this.#traces,
    };
  }
}

/** `2026-10-05` in the time zone of the reader; empty without a time. */
function dayOf(time: number | undefined): string {
  if (time === undefined || Number.isNaN(new Date(time).getTime())) {
    return '';
  }
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}
