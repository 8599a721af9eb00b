import { setImmediate } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { isCall, type Span } from '../../model/span';
import type { EngineCore } from '../core';
import { parseFilter, type Filter } from '../filter';
import type { TraceGroup } from '../grouping/traceGroup';
import { TextSearch } from './textSearch';

const maxFilters = 8; // answers kept until something changes
const searchedAtOnceBytes = 8 * 1024 * 1024; // read of bodies before others get their turn

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

  readonly #search: TextSearch;

  constructor(core: EngineCore) {
    this.#core = core;
    this.#search = new TextSearch(core);
  }

  /**
   * Searches the bodies, if the filter asks for words, without keeping the thread from other work; what is asked then is
   * answered at once. Settles at once for a filter over summaries.
   */
  async ready(text: string): Promise<void> {
    const filter = parseFilter(text);
    if (!filter.ok || filter.textTerms.length === 0) {
      return;
    }
    const known = this.#known.get(text)?.known ?? new WeakMap<TraceGroup, TraceMatches>();
    this.#known.set(text, this.#known.get(text) ?? { ...nothingFound, filter, known });
    let pauseAt = this.#search.bytesRead + searchedAtOnceBytes;
    for (const group of this.#core.traces.groups()) {
      if (group.heads.size > 0) {
        this.#matchTrace(group, filter, known);
      }
      if (this.#search.bytesRead > pauseAt) {
        await setImmediate();
        pauseAt = this.#search.bytesRead + searchedAtOnceBytes;
      }
    }
  }

  /** Traces with a matching span, newest first. */
  traces(filter: string): readonly TraceGroup[] {
    return isEmpty(filter) ? this.#core.traces.groups() : this.#matches(filter).traces;
  }

  /** Heads of the spans of a trace that the filter lets through. */
  headsOf(trace: TraceGroup, filter: string): Iterable<number> {
    return isEmpty(filter) ? trace.heads : (this.#matches(filter).known.get(trace)?.heads ?? []);
  }

  /** Whether the filter lets this span through. */
  matchesSpan(filter: Filter, head: number, span: Span): boolean {
    return filter.ok && filter.matches(span, term => this.#search.contains(head, term));
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
      const isMatch = this.matchesSpan(filter, head, span);
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
const nothingFound = { revision: -1, traces: [], calls: 0, ofCalls: 0 };

function isEmpty(filter: string | undefined): boolean {
  return filter === undefined || filter.trim() === '';
}
