import type { CallNesting } from '../../analysis/callNesting';
import { RetryLanes } from '../../analysis/retryLanes';
import { endsStep, type Steps } from '../../analysis/steps';
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

/**
 * Everything of a trace but its name, added up span by span in time order.
 */
export class TraceDigest {
  readonly #totals: Totals;
  readonly #models: Set<string>;
  readonly #files: Map<string, FileLines>;
  // there are many traces, and few in which anything failed: these are made for the first failure
  #lanes: RetryLanes | undefined;
  /** Of agents and chains, which only repeat what failed inside them. */
  #failuresAround: Failures | undefined;
  /** Of all others. */
  #failures: Failures | undefined;
  readonly #openings: Span[];

  /** Goes on from another one, which is not changed by that. */
  constructor(before?: TraceDigest) {
    this.#totals = before ? { ...before.#totals } : noTotals();
    this.#models = new Set(before && before.#models);
    this.#files = new Map(before && before.#files);
    this.#lanes = before && before.#lanes && before.#lanes.fork();
    this.#failuresAround = before && before.#failuresAround && new Failures(before.#failuresAround);
    this.#failures = before && before.#failures && new Failures(before.#failures);
    this.#openings = before ? [...before.#openings] : [];
  }

  /** The first calls with text, which it may be named after. */
  get openings(): readonly Span[] {
    return this.#openings;
  }

  /** In time order. No call of these may be around one of the others, or inside it. */
  *adding(spans: readonly Span[], nesting: CallNesting): Steps {
    const failed = new Set(nesting.saying(isFailed));
    for (const [at, span] of spans.entries()) {
      this.#add(span, nesting.isLeaf(span), failed.has(span));
      if (endsStep(at)) {
        yield;
      }
    }
  }

  /** Whether it is a call that counts and one that says that it failed, as calls around calls do not. */
  #add(span: Span, isLeaf: boolean, saysFailure: boolean): void {
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
        this.#addFailure(span, place);
      }
      return;
    }
    if (span.model !== undefined) {
      this.#models.add(span.model);
    }
    if (isLeaf) {
      this.#addCall(span);
    }
    if (saysFailure) {
      this.#addFailure(span, place);
    }
    if (span.status === 'error') {
      this.#lanes ??= new RetryLanes();
    }
    const followed = this.#lanes?.see(span);
    if (span.status === 'ok') {
      totals.lastAnswer = place;
      for (let attempt = followed?.attempt; attempt; attempt = attempt.before) {
        this.#failures?.makeGood(attempt.call);
      }
    }
    if (span.hasInput && this.#openings.length < maxOpenings) {
      this.#openings.push(span);
    }
  }

  #addFailure(span: Span, place: number): void {
    if (span.kind === 'agent' || span.kind === 'chain') {
      this.#failuresAround ??= new Failures();
      this.#failuresAround.add(span, place);
    } else {
      this.#failures ??= new Failures();
      this.#failures.add(span, place);
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
    const errors = this.#ownFailures?.count ?? 0;
    return { calls, errors, costUsd, unpricedCalls, latestTime: latestStart, startTime, sessionId };
  }

  summary(group: TraceGroup, titleOf: (span: Span) => string): Omit<Trace, 'name'> {
    const totals = this.#totals;
    const { startTime, endTime } = totals;
    const failures = this.#ownFailures;
    const leading = failures?.leading();
    // each field by hand: a copy of the rest of an object takes several times its memory, and thousands are kept
    return {
      key: group.key,
      traceId: group.traceId,
      inferred: group.traceId === undefined && group.sessionId === undefined,
      sessionId: group.sessionId ?? totals.sessionId,
      userId: totals.userId,
      startTime,
      durationMs:
        startTime === undefined || endTime === undefined || !totals.isTimed
          ? undefined
          : endTime - startTime,
      spans: totals.spans,
      calls: totals.calls,
      errors: failures?.count ?? 0,
      recovered: failures?.areMadeGood(totals.lastAnswer) ?? false,
      running: totals.running,
      models: [...this.#models],
      inputTokens: totals.inputTokens,
      outputTokens: totals.outputTokens,
      cacheReadInputTokens: totals.cacheReadInputTokens,
      reasoningOutputTokens: totals.reasoningOutputTokens,
      costUsd: totals.costUsd,
      unpricedCalls: totals.unpricedCalls,
      leadingError: leading?.error && {
        category: leading.error.category,
        title: titleOf(leading),
        spanKey: leading.key,
      },
      hasContent: totals.hasContent,
      files: [...this.#files.values()],
    };
  }

  get #ownFailures(): Failures | undefined {
    return this.#failures ?? this.#failuresAround;
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
