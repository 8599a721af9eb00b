import { endsStep, type Steps } from '../../analysis/steps';
import type { Span } from '../../model/span';
import type { EngineCore } from '../core';
import { manySpans } from '../findings/traceCheck';
import type { TraceGroup } from '../grouping/traceGroup';
import { inSlices, type Slice } from '../slice';
import { type Filtering, isAll } from './filtering';
import type { PlainShares } from './plainShares';
import {
  digestShares,
  type RealGroupBy,
  type Shares,
  sharesInSteps,
  sharesOf,
} from './traceGroups';

interface Known {
  readonly version: number;
  /** Those that a filter lets through; undefined: all. */
  readonly heads: readonly number[] | undefined;
  readonly shares: Shares;
}

/** What each trace adds to the groups of one kind under one filter, to be used again while the trace does not change. */
export class TraceShares {
  readonly #core: EngineCore;
  readonly #plain: PlainShares;
  readonly #filtering: Filtering;
  readonly #groupBy: RealGroupBy;
  readonly #filter: string;
  readonly #known = new WeakMap<TraceGroup, Known>();

  constructor(
    core: EngineCore,
    plain: PlainShares,
    filtering: Filtering,
    groupBy: RealGroupBy,
    filter: string,
  ) {
    this.#core = core;
    this.#plain = plain;
    this.#filtering = filtering;
    this.#groupBy = groupBy;
    this.#filter = filter;
  }

  of(trace: TraceGroup): Shares {
    const heads = this.#headsOf(trace);
    const known = this.#knownOf(trace, heads);
    if (known) {
      return known.shares;
    }
    const shares = heads === undefined ? this.#allShares(trace) : this.#sharesOf(heads);
    this.#known.set(trace, { version: trace.version, heads, shares });
    return shares;
  }

  /** Whether what it adds can be worked out in one go. */
  isShort(trace: TraceGroup): boolean {
    const heads = this.#headsOf(trace);
    return heads === undefined ? !this.#core.traces.hasDigest(trace) : heads.length < manySpans;
  }

  /** Works out in slices what a long trace adds, unless it changes meanwhile. */
  async prepare(trace: TraceGroup, slice: Slice): Promise<void> {
    const { traces } = this.#core;
    const heads = this.#headsOf(trace);
    if (this.#knownOf(trace, heads)) {
      return;
    }
    if (heads === undefined && (this.#groupBy === 'day' || this.#groupBy === 'session')) {
      await traces.whenAddedUp([trace], () => this.of(trace));
      return;
    }
    const { version, spans } =
      heads === undefined
        ? await traces.whenRead([trace], () => ({
            version: trace.version,
            spans: traces.bareSpansOf(trace),
          }))
        : { version: trace.version, spans: await this.#inSlices(this.#read(trace, heads), slice) };
    if (spans) {
      const shares = await this.#inSlices(sharesInSteps(spans, this.#groupBy), slice);
      this.#known.set(trace, { version, heads, shares });
    }
  }

  #inSlices<Result>(steps: Steps<Result>, slice: Slice): Promise<Result> {
    return inSlices(steps, slice, () => this.#core.refresh());
  }

  /** undefined: it has changed. */
  *#read(trace: TraceGroup, heads: readonly number[]): Steps<readonly Span[] | undefined> {
    const { version } = trace;
    const { reader } = this.#core;
    const spans: Span[] = [];
    for (const [at, head] of heads.entries()) {
      spans.push(reader.read(head));
      if (endsStep(at)) {
        yield;
        if (trace.version !== version) {
          return undefined;
        }
      }
    }
    return spans;
  }

  /** Without a filter they are all spans of the trace, whose version tells whether these are others. */
  #headsOf(trace: TraceGroup): readonly number[] | undefined {
    return isAll(this.#filter) ? undefined : this.#filtering.matchesOf(trace, this.#filter);
  }

  #knownOf(trace: TraceGroup, heads: readonly number[] | undefined): Known | undefined {
    const known = this.#known.get(trace);
    return known?.version === trace.version && known.heads === heads ? known : undefined;
  }

  /** What a trace with all its spans adds. */
  #allShares(trace: TraceGroup): Shares {
    const { traces } = this.#core;
    const digest = traces.digestOf(trace);
    if (digest) {
      return digestShares(digest, () => traces.bareSpansOf(trace), this.#groupBy);
    }
    return this.#plain.of(trace, this.#groupBy) ?? this.#sharesOf([...trace.heads]);
  }

  #sharesOf(heads: readonly number[]): Shares {
    const { reader } = this.#core;
    return sharesOf(
      heads.map(head => reader.read(head)),
      this.#groupBy,
    );
  }
}
