import { isCall } from '../../model/span';
import type { EngineCore } from '../core';
import type { TraceGroup } from '../grouping/traceGroup';
import { NestedCalls } from '../summaries/nestedCalls';
import { SpanFigures } from '../summaries/spanFigures';
import { dayOf, type RealGroupBy, type Share } from './traceGroups';

/** What traces add to days and sessions, without a span being made: there may be a hundred thousand traces. */
export class PlainShares {
  readonly #core: EngineCore;
  readonly #nested: NestedCalls;
  readonly #figures: SpanFigures;

  constructor(core: EngineCore) {
    const { store, membership, reader } = core;
    this.#core = core;
    this.#nested = new NestedCalls(store, membership, reader);
    this.#figures = new SpanFigures(store, reader);
  }

  /** undefined: the trace is not so plain, with spans of several records or calls around calls, or is grouped by what its spans differ in. */
  of(trace: TraceGroup, groupBy: RealGroupBy): readonly [string, Share] | undefined {
    const { store, membership } = this.#core;
    const [first] = trace.heads;
    if (first === undefined || (groupBy !== 'day' && groupBy !== 'session')) {
      return undefined;
    }
    const number = membership.numberOf(first);
    if (this.#nested.mayNest(number)) {
      return undefined;
    }
    const { table, spans, strings } = store;
    const figures = this.#figures;
    let calls = 0;
    let failed = 0;
    let failedAround = 0;
    let costUsd: number | undefined;
    let unpricedCalls = 0;
    let earliestTime: number | undefined;
    let latestTime: number | undefined;
    let session = 0;
    for (const head of trace.heads) {
      if (!spans.isOneRow(head)) {
        return undefined;
      }
      figures.read(head, undefined);
      const { kind, startTime } = figures;
      if (isCall(figures)) {
        calls++;
        unpricedCalls += figures.costUsd === undefined ? 1 : 0;
        costUsd = figures.costUsd === undefined ? costUsd : (costUsd ?? 0) + figures.costUsd;
      }
      if (table.status(head) === 'error') {
        const isAround = kind === 'agent' || kind === 'chain';
        failed += isAround ? 0 : 1;
        failedAround += isAround ? 1 : 0;
      }
      if (startTime !== undefined) {
        earliestTime = Math.min(startTime, earliestTime ?? startTime);
        latestTime = Math.max(startTime, latestTime ?? startTime);
      }
      session ||= figures.session;
    }
    const id = groupBy === 'day' ? dayOf(earliestTime) : (strings.text(session) ?? '');
    const errors = failed > 0 ? failed : failedAround;
    return [id, { calls, errors, costUsd, unpricedCalls, latestTime }];
  }
}
