import { LRUCache } from 'lru-cache';
import { isCall } from '../../model/span';
import type { EngineCore } from '../core';
import { parseFilter, type Filter } from '../filter';
import type { TraceGroup } from '../grouping/traceGroup';

const maxFilters = 8; // answers kept until something changes

interface Matches {
  readonly revision: number;
  /** Matching spans of each trace, newest trace first. */
  readonly traces: ReadonlyMap<TraceGroup, ReadonlySet<number>>;
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
    return isEmpty(filter) ? this.#core.traces.groups() : [...this.matches(filter).traces.keys()];
  }

  /** Calls that the filter lets through, or what is wrong with it. */
  count(filter: string): {
    readonly calls: number;
    readonly ofCalls: number;
    readonly problem?: Pick<FilterProblem, 'message' | 'start' | 'end'>;
  } {
    const { calls, ofCalls } = this.matches(filter);
    const parsed = parseFilter(filter);
    if (parsed.ok) {
      return { calls, ofCalls };
    }
    const { message, start, end } = parsed;
    return { calls, ofCalls, problem: { message, start, end } };
  }

  matches(filter: string): Matches {
    const { revision } = this.#core;
    const known = this.#known.get(filter);
    if (known?.revision === revision) {
      return known;
    }
    const matches = this.#match(parseFilter(filter), revision);
    this.#known.set(filter, matches);
    return matches;
  }

  #match(filter: Filter, revision: number): Matches {
    const traces = new Map<TraceGroup, Set<number>>();
    let calls = 0;
    let ofCalls = 0;
    const { reader } = this.#core;
    for (const group of this.#core.traces.groups()) {
      const matching = new Set<number>();
      for (const head of group.heads) {
        const span = reader.read(head);
        ofCalls += isCall(span) ? 1 : 0;
        if (filter.ok && filter.matches(span)) {
          matching.add(head);
          calls += isCall(span) ? 1 : 0;
        }
      }
      if (matching.size > 0) {
        traces.set(group, matching);
      }
    }
    return { revision, traces, calls, ofCalls };
  }
}

export function isEmpty(filter: string | undefined): boolean {
  return filter === undefined || filter.trim() === '';
}
