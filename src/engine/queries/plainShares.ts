import { isCall } from '../../model/span';
import type { EngineCore } from '../core';
import type { TraceGroup } from '../grouping/traceGroup';
import { NestedCalls } from '../summaries/nestedCalls';
import { SpanFigures } from '../summaries/spanFigures';
import { dayOf, type RealGroupBy, type Share } from './traceGroups';

/** What traces add to their groups, without a span being made: there may be a hundred thousand traces. */
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

  /** undefined: the trace is not so plain, with spans of several records or calls around calls. */
  of(trace: TraceGroup, groupBy: RealGroupBy): readonly (readonly [string, Share])[] | undefined {
    const { store, membership } = this.#core;
    const [first] = trace.heads;
    if (first === undefined || this.#nested.mayNest(membership.numberOf(first))) {
      return undefined;
    }
    const figures = this.#figures;
    const all = new PlainShare();
    const parts = new Map<string, PlainShare>();
    for (const head of trace.heads) {
      if (!store.spans.isOneRow(head)) {
        return undefined;
      }
      figures.read(head, undefined);
      const hasFailed = store.table.status(head) === 'error';
      const part = this.#partOf(head, groupBy);
      if (part !== undefined) {
        const share = parts.get(part) ?? new PlainShare();
        parts.set(part, share);
        share.add(figures, hasFailed);
      } else {
        all.add(figures, hasFailed);
      }
    }
    return parts.size > 0
      ? [...parts].map(([id, share]) => [id, share.toShare()])
      : [[this.#idOf(all, groupBy), all.toShare()]];
  }

  /** The group of one span, where those of a trace may be in several; undefined: it is in that of its trace, if that has one. */
  #partOf(head: number, groupBy: RealGroupBy): string | undefined {
    const { store } = this.#core;
    switch (groupBy) {
      case 'file':
        return store.fileById(store.table.file.get(head))?.path;
      case 'model':
        return isCall(this.#figures) ? (this.#figures.model ?? '') : undefined;
      default:
        return undefined;
    }
  }

  /** The group of a whole trace. */
  #idOf({ earliestTime, session }: PlainShare, groupBy: RealGroupBy): string {
    switch (groupBy) {
      case 'day':
        return dayOf(earliestTime);
      case 'session':
        return this.#core.store.strings.text(session) ?? '';
      default:
        return '';
    }
  }
}

/** What some spans of a trace come to. */
class PlainShare {
  earliestTime: number | undefined;
  /** Number of the id of the first session. */
  session = 0;
  #calls = 0;
  #failed = 0;
  /** Agents and chains, which repeat what failed inside them. */
  #failedAround = 0;
  #costUsd: number | undefined;
  #unpricedCalls = 0;
  #latestTime: number | undefined;

  add(span: SpanFigures, hasFailed: boolean): void {
    const { kind, startTime, costUsd } = span;
    if (isCall(span)) {
      this.#calls++;
      this.#unpricedCalls += costUsd === undefined ? 1 : 0;
      this.#costUsd = costUsd === undefined ? this.#costUsd : (this.#costUsd ?? 0) + costUsd;
    }
    if (hasFailed) {
      const isAround = kind === 'agent' || kind === 'chain';
      this.#failed += isAround ? 0 : 1;
      this.#failedAround += isAround ? 1 : 0;
    }
    if (startTime !== undefined) {
      this.earliestTime = Math.min(startTime, this.earliestTime ?? startTime);
      this.#latestTime = Math.max(startTime, this.#latestTime ?? startTime);
    }
    this.session ||= span.session;
  }

  toShare(): Share {
    return {
      calls: this.#calls,
      errors: this.#failed > 0 ? this.#failed : this.#failedAround,
      costUsd: this.#costUsd,
      unpricedCalls: this.#unpricedCalls,
      latestTime: this.#latestTime,
    };
  }
}
