import { endsStep, type Steps } from '../analysis/steps';
import type { Span } from '../model/span';
import { perTraceInSteps } from './perTrace';
import { span as timeSpan } from './say';
import type { SpanRule } from './rule';

const skewMs = 100; // two machines are rarely closer than that, and nobody is misled by less
const jumpMs = 1000;
const fewRecords = 6; // of one file in the trace, from which on its order means something
const jumpShare = 0.1; // a file that jumps more often is not written in the order of time

/** Times that contradict each other: a child before its parent, or a log that jumps back. */
export const clockBackwards: SpanRule = {
  id: 'clock-backwards',
  title: 'Clock runs backwards',
  severity: 'info',
  docs: 'A span starts before its parent or ends before its start (the worst of a trace), or the records of a file jump back by more than a second within a trace.',
  looksAt: 'span',
  prepare: traceSpans => clock.inSteps(traceSpans),
  check(span, { traceSpans }) {
    const found = clock.of(traceSpans).get(span.key);
    return (
      found && {
        message: `${found.text} Durations and the order of the calls here cannot be relied on.`,
        fixes: [
          found.isJump
            ? 'See whether the clock was set, or local times without a zone were logged over a change of summer time: log UTC.'
            : 'See whether parent and child run on machines whose clocks differ: switch on NTP there.',
          'Measure durations with a monotonic clock (time.monotonic, performance.now), never as a difference of two wall clocks.',
        ],
        links: [],
        facts: { backwards_ms: Math.round(found.byMs) },
      }
    );
  },
};

interface Backwards {
  readonly text: string;
  readonly byMs: number;
  readonly isJump: boolean;
}

/** What is wrong with the clock, by key of the span. */
const clock = perTraceInSteps(function* (spans): Steps<ReadonlyMap<string, Backwards>> {
  const found = new Map<string, Backwards>();
  const worst = yield* worstOf(spans);
  if (worst) {
    found.set(worst.key, worst);
  }
  for (const records of spans.length < fewRecords ? [] : (yield* byFile(spans)).values()) {
    const jumps = yield* jumpsIn(records);
    if (records.length >= fewRecords && jumps.length <= Math.max(1, jumpShare * records.length)) {
      jumps.forEach(([span, byMs]) => {
        const text = `The record before it in the file is ${timeSpan(byMs)} later than this one.`;
        found.set(span.key, { text, byMs, isJump: true });
      });
    }
  }
  return found;
});

/** The span that ends before its start, or starts before its parent, by most. */
function* worstOf(
  spans: readonly Span[],
): Steps<(Backwards & { readonly key: string }) | undefined> {
  const bySpanId = new Map<string, Span>();
  for (const [at, span] of spans.entries()) {
    if (span.spanId !== undefined) {
      bySpanId.set(span.spanId, span);
    }
    if (endsStep(at)) {
      yield;
    }
  }
  let worst: (Backwards & { readonly key: string }) | undefined;
  for (const [at, span] of spans.entries()) {
    const wrong = endBeforeStart(span) ?? beforeParent(span, bySpanId.get(span.parentSpanId ?? ''));
    if (wrong && wrong.byMs > (worst?.byMs ?? 0)) {
      worst = { ...wrong, key: span.key };
    }
    if (endsStep(at)) {
      yield;
    }
  }
  return worst;
}

function endBeforeStart({ durationMs }: Span): Backwards | undefined {
  return durationMs !== undefined && durationMs < 0
    ? {
        text: `It ends ${timeSpan(-durationMs)} before its start.`,
        byMs: -durationMs,
        isJump: false,
      }
    : undefined;
}

function beforeParent(child: Span, parent: Span | undefined): Backwards | undefined {
  if (parent?.startTime === undefined || child.startTime === undefined) {
    return undefined;
  }
  const byMs = parent.startTime - child.startTime;
  return byMs > skewMs
    ? {
        text: `It starts ${timeSpan(byMs)} before its parent "${parent.name}".`,
        byMs,
        isJump: false,
      }
    : undefined;
}

/** Spans with a time by the file of their only record, in the order of the file. */
function* byFile(spans: readonly Span[]): Steps<ReadonlyMap<string, readonly Span[]>> {
  const files = new Map<string, Span[]>();
  for (const [at, span] of spans.entries()) {
    if (endsStep(at)) {
      yield;
    }
    const [source] = span.sources;
    if (source === undefined || span.sources.length > 1 || span.startTime === undefined) {
      continue;
    }
    const list = files.get(source.file) ?? [];
    files.set(source.file, list);
    list.push(span);
  }
  for (const list of files.values()) {
    list.sort((one, other) => lineOf(one) - lineOf(other));
    yield;
  }
  return files;
}

/**
 * Records with both times before those of the one above: a log may be ordered by start or by end, so one alone says
 * nothing. Spans of one line were not written one after the other.
 */
function* jumpsIn(records: readonly Span[]): Steps<readonly (readonly [Span, number])[]> {
  const jumps: (readonly [Span, number])[] = [];
  for (const [at, span] of records.entries()) {
    if (endsStep(at)) {
      yield;
    }
    const before = records[at - 1];
    if (before === undefined || lineOf(before) === lineOf(span)) {
      continue;
    }
    const byMs = Math.min(startOf(before) - startOf(span), endOf(before) - endOf(span));
    if (byMs > jumpMs) {
      jumps.push([span, byMs]);
    }
  }
  return jumps;
}

function lineOf(span: Span): number {
  return span.sources[0]?.line ?? 0;
}

function startOf(span: Span): number {
  return span.startTime ?? 0;
}

function endOf(span: Span): number {
  return startOf(span) + (span.durationMs ?? 0);
}
