import { CallNesting } from '../../analysis/callNesting';
import { RetryLanes } from '../../analysis/retryLanes';
import type { SourceRef } from '../../model/source';
import { isCall, isFailed, type Span } from '../../model/span';
import type { Trace } from '../../model/trace';
import type { TraceGroup } from '../grouping/traceGroup';
import { Failures } from './failures';

const maxOpenings = 3; // calls of a trace that are opened to find a word of the user

const summed = [
  'inputTokens',
  'outputTokens',
  'cacheReadInputTokens',
  'reasoningOutputTokens',
] as const;
type SummedField = (typeof summed)[number] | 'costUsd';
type FileLines = Trace['files'][number];

/** undefined: nothing is known of it. */
type Totals = Record<SummedField, number | undefined> & {
  spans: number;
  calls: number;
  unpricedCalls: number;
  startTime: number | undefined;
  latestStart: number | undefined;
  endTime: number | undefined;
  // starts alone say when it was, not how long it took
  isTimed: boolean;
  running: boolean;
  hasContent: boolean;
  sessionId: string | undefined;
  userId: string | undefined;
  /** Place of the last call that went well, -1 for none. */
  lastAnswer: number;
};

/** What calls around calls mean for the spans that are added: which calls count, and which say that they failed. */
interface Saying {
  readonly leaves: ReadonlySet<Span>;
  readonly failed: ReadonlySet<Span>;
}

function sayingOf(nesting: CallNesting): Saying {
  return { leaves: new Set(nesting.leaves), failed: new Set(nesting.saying(isFailed)) };
}

/**
 * Everything of a trace but its name, added up span by span in time order.
 */
export class TraceDigest {
  readonly #totals: Totals;
  readonly #models: Set<string>;
  readonly #files: Map<string, FileLines>;
  readonly #lanes: RetryLanes;
  /** Of agents and chains, which only repeat what failed inside them. */
  readonly #failuresAround: Failures;
  /** Of all others. */
  readonly #failures: Failures;
  readonly #openings: Span[];

  /** Goes on from another one, which is not changed by that. */
  constructor(before?: TraceDigest) {
    this.#totals = before ? { ...before.#totals } : noTotals();
    this.#models = new Set(before ? before.#models : []);
    this.#files = new Map(before ? before.#files : []);
    this.#lanes = before ? before.#lanes.fork() : new RetryLanes();
    this.#failuresAround = new Failures(before && before.#failuresAround);
    this.#failures = new Failures(before && before.#failures);
    this.#openings = before ? [...before.#openings] : [];
  }

  /** The first calls with text, which it may be named after. */
  get openings(): readonly Span[] {
    return this.#openings;
  }

  /** In time order. No call of these may be around one of the others, or inside it. */
  add(spans: readonly Span[], nesting = new CallNesting(spans)): void {
    const saying = sayingOf(nesting);
    for (const span of spans) {
      this.#add(span, saying);
    }
  }

  #add(span: Span, { leaves, failed }: Saying): void {
    const totals = this.#totals;
    const place = totals.spans++;
    totals.running ||= span.status === 'running';
    totals.hasContent ||= span.hasInput || span.hasOutput;
    totals.sessionId ??= span.sessionId;
    totals.userId ??= span.userId;
    this.#addTimes(span);
    span.sources.forEach(source => this.#addSource(source));
    if (!isCall(span)) {
      if (isFailed(span)) {
        const isAround = span.kind === 'agent' || span.kind === 'chain';
        (isAround ? this.#failuresAround : this.#failures).add(span, place);
      }
      return;
    }
    if (span.model !== undefined) {
      this.#models.add(span.model);
    }
    if (leaves.has(span)) {
      this.#addCall(span);
    }
    if (failed.has(span)) {
      this.#failures.add(span, place);
    }
    const followed = this.#lanes.see(span);
    if (span.status === 'ok') {
      totals.lastAnswer = place;
      for (let attempt = followed?.attempt; attempt; attempt = attempt.before) {
        this.#failures.makeGood(attempt.call);
      }
    }
    if (span.hasInput && this.#openings.length < maxOpenings) {
      this.#openings.push(span);
    }
  }

  #addTimes({ startTime, durationMs }: Span): void {
    if (startTime === undefined) {
      return;
    }
    const totals = this.#totals;
    const endTime = startTime + (durationMs ?? 0);
    totals.isTimed ||= durationMs !== undefined;
    totals.startTime = Math.min(startTime, totals.startTime ?? startTime);
    totals.latestStart = Math.max(startTime, totals.latestStart ?? startTime);
    totals.endTime = Math.max(endTime, totals.endTime ?? endTime);
  }

  #addCall({ usage, cost }: Span): void {
    this.#totals.calls++;
    this.#totals.unpricedCalls += cost === undefined ? 1 : 0;
    summed.forEach(field => this.#addTo(field, usage[field]));
    this.#addTo('costUsd', cost?.usd);
  }

  /** No figure at all is not 0. */
  #addTo(field: SummedField, value: number | undefined): void {
    if (value !== undefined) {
      this.#totals[field] = (this.#totals[field] ?? 0) + value;
    }
  }

  #addSource({ file, line }: SourceRef): void {
    const known = this.#files.get(file);
    const { firstLine = line, lastLine = line } = known ?? {};
    const isBefore = line !== undefined && firstLine !== undefined && line < firstLine;
    const isBehind = line !== undefined && lastLine !== undefined && line > lastLine;
    if (known === undefined || known.firstLine !== firstLine || isBefore || isBehind) {
      this.#files.set(file, {
        file,
        firstLine: isBefore ? line : firstLine,
        lastLine: isBehind ? line : lastLine,
      });
    }
  }

  /** What it adds to a group of traces; times epoch ms. `startTime` and `sessionId` say to which. */
  get figures() {
    const { calls, costUsd, unpricedCalls, latestStart, startTime, sessionId } = this.#totals;
    const errors = this.#ownFailures.count;
    return { calls, errors, costUsd, unpricedCalls, latestTime: latestStart, startTime, sessionId };
  }

  summary(group: TraceGroup, titleOf: (span: Span) => string): Omit<Trace, 'name'> {
    const { startTime, endTime, isTimed, lastAnswer, latestStart: _, ...totals } = this.#totals;
    const failures = this.#ownFailures;
    const leading = failures.leading();
    return {
      ...totals,
      key: group.key,
      traceId: group.traceId,
      inferred: group.traceId === undefined && group.sessionId === undefined,
      sessionId: group.sessionId ?? totals.sessionId,
      startTime,
      durationMs:
        startTime === undefined || endTime === undefined || !isTimed
          ? undefined
          : endTime - startTime,
      errors: failures.count,
      recovered: failures.count > 0 && failures.areMadeGood(lastAnswer),
      models: [...this.#models],
      leadingError: leading?.error && {
        category: leading.error.category,
        title: titleOf(leading),
      },
      files: [...this.#files.values()],
    };
  }

  get #ownFailures(): Failures {
    return this.#failures.count > 0 ? this.#failures : this.#failuresAround;
  }
}

function noTotals(): Totals {
  return {
    inputTokens: undefined,
    outputTokens: undefined,
    cacheReadInputTokens: undefined,
    reasoningOutputTokens: undefined,
    costUsd: undefined,
    spans: 0,
    calls: 0,
    unpricedCalls: 0,
    startTime: undefined,
    latestStart: undefined,
    endTime: undefined,
    isTimed: false,
    running: false,
    hasContent: false,
    sessionId: undefined,
    userId: undefined,
    lastAnswer: -1,
  };
}
