import { isCall, type Span } from '../model/span';
import { endsStep, finish, type Steps } from './steps';

/**
 * Calls around calls: a framework's span or a proxy around the provider. The outer one holds the inner one between its start
 * and end, by parent id, and tells of the same request: it is neither counted nor summed, unless nobody counted the inner one's
 * tokens. A parent that ended before its child is only the one that came before.
 */
export class CallNesting {
  readonly calls: readonly Span[];
  /** Calls that hold no other, in the order that they were given. */
  readonly leaves: readonly Span[];
  readonly #outerOf: ReadonlyMap<Span, Span>;
  readonly #around: ReadonlySet<Span>;

  /** `links`: what `linksOf` says of these spans. */
  constructor(spans: Iterable<Span>, links = finish(linksOf(spans))) {
    this.calls = links.calls;
    this.leaves = links.leaves;
    this.#outerOf = links.outerOf;
    this.#around = links.around;
  }

  static *inSteps(spans: Iterable<Span>): Steps<CallNesting> {
    return new CallNesting(spans, yield* linksOf(spans));
  }

  /** Each call that lies inside another one, and that. */
  get pairs(): Iterable<readonly [inner: Span, outer: Span]> {
    return this.#outerOf;
  }

  isLeaf(call: Span): boolean {
    return !this.#around.has(call);
  }

  /** Calls of which something is true, the outer ones left out whose inner ones say so themselves. */
  saying(isTrue: (call: Span) => boolean): readonly Span[] {
    const calls = this.calls.filter(isTrue);
    if (this.#outerOf.size === 0) {
      return calls;
    }
    const around = new Set<Span>();
    for (const call of calls) {
      let outer = this.#outerOf.get(call);
      while (outer !== undefined && !around.has(outer)) {
        around.add(outer);
        outer = this.#outerOf.get(outer);
      }
    }
    return calls.filter(call => !around.has(call));
  }
}

interface Links {
  readonly calls: readonly Span[];
  readonly leaves: readonly Span[];
  readonly outerOf: ReadonlyMap<Span, Span>;
  readonly around: ReadonlySet<Span>;
}

function* linksOf(spans: Iterable<Span>): Steps<Links> {
  const calls = [...spans].filter(isCall);
  const outerOf = yield* outerCalls(calls);
  if (outerOf.size === 0) {
    return { calls, leaves: calls, outerOf, around: new Set() };
  }
  yield* cutRings(outerOf);
  const around = new Set<Span>();
  const leaves: Span[] = [];
  let at = 0;
  for (const outer of outerOf.values()) {
    around.add(outer);
    if (endsStep(at++)) {
      yield;
    }
  }
  for (const call of calls) {
    if (!around.has(call)) {
      leaves.push(call);
    }
    if (endsStep(at++)) {
      yield;
    }
  }
  return { calls, leaves, outerOf, around };
}

function* outerCalls(calls: readonly Span[]): Steps<Map<Span, Span>> {
  const bySpanId = new Map<string, Span>();
  for (const [at, call] of calls.entries()) {
    if (call.spanId !== undefined) {
      bySpanId.set(`${call.traceKey}\0${call.spanId}`, call);
    }
    if (endsStep(at)) {
      yield;
    }
  }
  const outerOf = new Map<Span, Span>();
  for (const [at, call] of calls.entries()) {
    const parent =
      call.parentSpanId === undefined
        ? undefined
        : bySpanId.get(`${call.traceKey}\0${call.parentSpanId}`);
    if (parent && isAround(parent, call)) {
      outerOf.set(call, parent);
    }
    if (endsStep(at)) {
      yield;
    }
  }
  return outerOf;
}

/** Whether a call is the one around another, whose parent it is. */
export function isAround(parent: Span, call: Span): boolean {
  return parent !== call && encloses(parent, call) && repeats(parent, call);
}

/** Calls at the same time that are each other's parents: one of them is taken for the outermost, so that none is lost. */
function* cutRings(outerOf: Map<Span, Span>): Steps {
  const seen = new Set<Span>();
  let looked = 0;
  for (const call of outerOf.keys()) {
    const path = new Set<Span>();
    let at: Span | undefined = call;
    while (at !== undefined && !seen.has(at) && !path.has(at)) {
      path.add(at);
      at = outerOf.get(at);
    }
    if (at !== undefined && path.has(at)) {
      outerOf.delete(at);
    }
    path.forEach(one => seen.add(one));
    if (endsStep(looked++)) {
      yield;
    }
  }
}

function repeats(outer: Span, inner: Span): boolean {
  return isCounted(inner) || !isCounted(outer);
}

function isCounted({ usage }: Span): boolean {
  return (usage.inputTokens ?? usage.outputTokens ?? usage.totalTokens) !== undefined;
}

/** Whether one lies in the time of the other. */
function encloses(outer: Timed, inner: Timed): boolean {
  return enclosesTime(
    outer.startTime ?? Number.NaN,
    outer.durationMs ?? Number.NaN,
    inner.startTime ?? Number.NaN,
    inner.durationMs ?? Number.NaN,
  );
}

/** The same of starts and durations, NaN where they are unknown. */
export function enclosesTime(
  outerStart: number,
  outerMs: number,
  innerStart: number,
  innerMs: number,
): boolean {
  return innerStart >= outerStart && innerStart + (innerMs || 0) <= outerStart + outerMs;
}

type Timed = Pick<Span, 'startTime' | 'durationMs'>;
