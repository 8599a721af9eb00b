import { LRUCache } from 'lru-cache';
import { isCall } from '../../model/span';
import type { EngineCore } from '../core';
import { parseFilter, type Filter } from '../filter';
import type { TraceGroup } from '../grouping/traceGroup';

const maxFilters = 8; // answers kept until something changes

interface Matches {
  readonly revision: number;
  readonly filter: Filter;
  /** Traces with a matching span, newest first. */
  readonly traces: readonly TraceGroup[];
  readonly calls: number;
  readonly ofCalls: number;
  /** What was found in each trace, to be used again while the trace does not change. */
  readonly known: WeakMap<TraceGroup, TraceMatches>;
}

interface TraceMatches {
  readonly version: number;
  readonly heads: readonly number[];
  readonly calls: number;
  readonly ofCalls: number;
}

type FilterProblem = Extract<Filter, { ok: false }>;

/** Which traces and spans a filter lets through. A filter that cannot be read lets nothing through. */
export class Filtering {
  readonly #core: EngineCore;
  readonly #known = new LRUCache<string, Matches>({ max: maxFilters });

  constructor(core: EngineCore) {
    this.#core = core;
  }

  /** Traces with a matching span, newest first. */
  traces(filter: string): readonly TraceGroup[] {
    return isEmpty(filter) ? this.#core.traces.groups() : this.#matches(filter).traces;
  }

  /** Heads of the spans of a trace that the filter lets through. */
  headsOf(trace: TraceGroup, filter: string): Iterable<number> {
    return isEmpty(filter) ? trace.heads : (this.#matches(filter).known.get(trace)?.heads ?? []);
  }

  /** Calls that the filter lets through, or what is wrong with it. */
  count(filter: string): {
    readonly calls: number;
    readonly ofCalls: number;
    readonly problem?: Pick<FilterProblem, 'message' | 'start' | 'end'>;
  } {
    const { calls, ofCalls, filter: parsed } = this.#matches(filter);
    if (parsed.ok) {
      return { calls, ofCalls };
    }
    const { message, start, end } = parsed;
    return { calls, ofCalls, problem: { message, start, end } };
  }

  #matches(text: string): Matches {
    const { revision } = this.#core;
    const before = this.#known.get(text);
    if (before?.revision === revision) {
      return before;
    }
    const filter = before?.filter ?? parseFilter(text);
    const known = before?.known ?? new WeakMap<TraceGroup, TraceMatches>();
    const traces: TraceGroup[] = [];
    let calls = 0;
    let ofCalls = 0;
    for (const group of this.#core.traces.groups()) {
      const found = this.#matchTrace(group, filter, known);
      calls += found.calls;
      ofCalls += found.ofCalls;
      if (found.heads.length > 0) {
        traces.push(group);
      }
    }
    const matches = { revision, filter, traces, calls, ofCalls, known };
    this.#known.set(text, matches);
    return matches;
  }

  #matchTrace(
    group: TraceGroup,
    filter: Filter,
    known: WeakMap<TraceGroup, TraceMatches>,
  ): TraceMatches {
    const before = known.get(group);
    if (before?.version === group.version) {
      return before;
    }
    const { reader } = this.#core;
    const heads: number[] = [];
    let calls = 0;
    let ofCalls = 0;
    for (const head of group.heads) {
      const span = reader.read(head);
      const isMatch = filter.ok && filter.matches(span);
      ofCalls += isCall(span) ? 1 : 0;
      calls += isMatch && isCall(span) ? 1 : 0;
      if (isMatch) {
        heads.push(head);
      }
    }
    const found = {
      version: group.version,
      heads: heads.length > 0 ? heads : none,
      calls,
      ofCalls,
    };
    known.set(group, found);
    return found;
  }
}

const none: readonly number[] = [];

export function isEmpty(filter: string | undefined): boolean {
  return filter === undefined || filter.trim() === '';
}
