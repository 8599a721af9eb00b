import { CallNesting } from '../../analysis/callNesting';
import { endsStep, finish, type Steps } from '../../analysis/steps';
import { isCall, type Span } from '../../model/span';
import type { Group, GroupBy } from '../../protocol/engineContract';
import type { TraceGroup } from '../grouping/traceGroup';
import type { TraceDigest } from '../summaries/traceDigest';
import { failedSpans } from '../summaries/traceSummary';

export type RealGroupBy = Exclude<GroupBy, 'trace'>;

/** What one trace adds to one group. */
export interface Share {
  readonly calls: number;
  readonly errors: number;
  readonly costUsd: number | undefined;
  readonly unpricedCalls: number;
  readonly latestTime: number | undefined;
}

export interface GroupedTraces {
  readonly group: Group;
  readonly traces: readonly TraceGroup[];
}

/** What a trace adds to the groups that it belongs to. */
export type Shares = readonly (readonly [string, Share])[];

/** The groups that a trace belongs to, and what it adds to each. A trace may stand under several models or files. */
export function sharesOf(spans: readonly Span[], groupBy: RealGroupBy): Shares {
  return finish(sharesInSteps(spans, groupBy));
}

export function* sharesInSteps(spans: readonly Span[], groupBy: RealGroupBy): Steps<Shares> {
  const shares: (readonly [string, Share])[] = [];
  for (const [id, members] of yield* split(spans, groupBy)) {
    shares.push([id, yield* toShare(members)]);
  }
  return shares;
}

/** The same of a trace whose spans were added up. */
export function digestShares(
  digest: TraceDigest,
  spans: () => readonly Span[],
  groupBy: RealGroupBy,
): Shares {
  const { startTime, sessionId, ...share } = digest.figures;
  switch (groupBy) {
    case 'session':
      return [[sessionId ?? '', share]];
    case 'day':
      return [[dayOf(startTime), share]];
    default:
      return sharesOf(spans(), groupBy);
  }
}

function* split(
  spans: readonly Span[],
  groupBy: RealGroupBy,
): Steps<ReadonlyMap<string, readonly Span[]>> {
  switch (groupBy) {
    case 'session': {
      const session = spans.find(span => span.sessionId !== undefined)?.sessionId;
      return new Map([[session ?? '', spans]]);
    }
    case 'day':
      return new Map([[dayOf(earliest(spans)), spans]]);
    case 'model': {
      const calls = spans.filter(isCall);
      return calls.length === 0
        ? new Map([['', spans]])
        : yield* splitBy(calls, span => [span.model ?? '']);
    }
    case 'file':
      return yield* splitBy(spans, span => new Set(span.sources.map(source => source.file)));
  }
}

function* splitBy(
  spans: readonly Span[],
  idsOf: (span: Span) => Iterable<string>,
): Steps<ReadonlyMap<string, readonly Span[]>> {
  const groups = new Map<string, Span[]>();
  for (const [at, span] of spans.entries()) {
    for (const id of idsOf(span)) {
      const members = groups.get(id) ?? [];
      groups.set(id, members);
      members.push(span);
    }
    if (endsStep(at)) {
      yield;
    }
  }
  return groups;
}

function* toShare(spans: readonly Span[]): Steps<Share> {
  const nesting = yield* CallNesting.inSteps(spans);
  let unpricedCalls = 0;
  let costUsd: number | undefined;
  for (const { cost } of nesting.leaves) {
    if (cost) {
      costUsd = (costUsd ?? 0) + cost.usd;
    } else {
      unpricedCalls++;
    }
  }
  yield;
  return {
    calls: nesting.leaves.length,
    errors: failedSpans(spans, nesting).length,
    costUsd,
    unpricedCalls,
    latestTime: latest(spans),
  };
}

function latest(spans: readonly Span[]): number | undefined {
  let time: number | undefined;
  for (const { startTime } of spans) {
    if (startTime !== undefined) {
      time = Math.max(startTime, time ?? startTime);
    }
  }
  return time;
}

function earliest(spans: readonly Span[]): number | undefined {
  let time: number | undefined;
  for (const { startTime } of spans) {
    if (startTime !== undefined) {
      time = Math.min(startTime, time ?? startTime);
    }
  }
  return time;
}

/** `2026-10-05` in the time zone of the reader; empty without a time. */
export function dayOf(time: number | undefined): string {
  const date = new Date(time ?? Number.NaN);
  if (Number.isNaN(date.getTime())) {
    return '';
  }
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Adds up the shares of a group. */
export class Tally {
  readonly traces: TraceGroup[] = [];
  #calls = 0;
  #errors = 0;
  #costUsd: number | undefined;
  #unpricedCalls = 0;
  #latestTime: number | undefined;

  add(trace: TraceGroup, share: Share): void {
    this.traces.push(trace);
    this.#calls += share.calls;
    this.#errors += share.errors;
    this.#unpricedCalls += share.unpricedCalls;
    if (share.costUsd !== undefined) {
      this.#costUsd = (this.#costUsd ?? 0) + share.costUsd;
    }
    if (share.latestTime !== undefined) {
      this.#latestTime = Math.max(share.latestTime, this.#latestTime ?? share.latestTime);
    }
  }

  toGroup(id: string, label: string): Group {
    return {
      id,
      label,
      traces: this.traces.length,
      calls: this.#calls,
      errors: this.#errors,
      costUsd: this.#costUsd,
      unpricedCalls: this.#unpricedCalls,
      latestTime: this.#latestTime,
    };
  }
}
