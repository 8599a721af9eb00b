import type { Span } from '../../model/span';
import { errorBook } from '../../rules/errorBook';

/** Failed spans to be acted upon alike, in time order. Those before `at` were made good. */
interface Bucket {
  readonly spans: Span[];
  at: number;
}

/**
 * Failed spans of a trace, given in time order, and which of them a later attempt made good. They may be the continuation of others, which are
 * not changed by that.
 */
export class Failures {
  readonly #before: Failures | undefined;
  readonly #buckets = new Map<number, Bucket>();
  /** Of those given here: failed and, by now, for good; tools are not among them. */
  readonly #stayed = new Set<Span>();
  /** Of those before. */
  readonly #madeGood = new Set<Span>();
  #count = 0;
  #lastTool = -1;

  constructor(before?: Failures) {
    this.#before = before;
  }

  get count(): number {
    return this.#count + (this.#before?.count ?? 0);
  }

  /** `place` in the trace. */
  add(span: Span, place: number): void {
    this.#count++;
    if (span.kind === 'tool') {
      this.#lastTool = place;
    } else {
      this.#stayed.add(span);
    }
    const rank = errorBook().actionRank(span.error?.category ?? 'unknown');
    const bucket = this.#buckets.get(rank) ?? { spans: [], at: 0 };
    this.#buckets.set(rank, bucket);
    bucket.spans.push(span);
  }

  /** A later attempt succeeded; nothing when the call is none of these. */
  makeGood(call: Span): void {
    if (!this.#stayed.delete(call) && this.#before?.hasStayed(call) === true) {
      this.#madeGood.add(call);
    }
  }

  /** Whether it is one of these and nothing made it good. */
  hasStayed(span: Span): boolean {
    return (
      this.#stayed.has(span) ||
      (this.#before?.hasStayed(span) === true && !this.#madeGood.has(span))
    );
  }

  /**
   * Whether everything was made good. A tool that fails is part of an agent's work: it was made good when the model was asked again and
   * answered; `lastAnswer` is the place of that, -1 for none.
   */
  areMadeGood(lastAnswer: number): boolean {
    return this.#stayedCount === 0 && this.#lastToolPlace < lastAnswer;
  }

  /** The one to act on first; what a later attempt made good comes after what stayed, then the earlier before the later. */
  leading(): Span | undefined {
    const ranks = [...this.#ranks()].toSorted((one, other) => one - other);
    for (const rank of ranks) {
      const span = this.#firstStayed(rank, one => one.kind === 'tool' || this.hasStayed(one));
      if (span) {
        return span;
      }
    }
    return ranks[0] === undefined ? undefined : this.#first(ranks[0]);
  }

  get #stayedCount(): number {
    return this.#stayed.size - this.#madeGood.size + (this.#before ? this.#before.#stayedCount : 0);
  }

  get #lastToolPlace(): number {
    return Math.max(this.#lastTool, this.#before ? this.#before.#lastToolPlace : -1);
  }

  #ranks(): ReadonlySet<number> {
    return new Set([...(this.#before ? this.#before.#ranks() : []), ...this.#buckets.keys()]);
  }

  #first(rank: number): Span | undefined {
    const before = this.#before && this.#before.#first(rank);
    return before ?? this.#buckets.get(rank)?.spans[0];
  }

  #firstStayed(rank: number, hasStayed: (span: Span) => boolean): Span | undefined {
    const before = this.#before && this.#before.#firstStayed(rank, hasStayed);
    const bucket = this.#buckets.get(rank);
    if (before || !bucket) {
      return before;
    }
    // what was made good stays so: it is not looked at again
    for (let span = bucket.spans[bucket.at]; span && !this.#isOwn(span);) {
      span = bucket.spans[++bucket.at];
    }
    for (let at = bucket.at; at < bucket.spans.length; at++) {
      const span = bucket.spans[at];
      if (span && hasStayed(span)) {
        return span;
      }
    }
    return undefined;
  }

  /** Given here, and not made good. */
  #isOwn(span: Span): boolean {
    return span.kind === 'tool' || this.#stayed.has(span);
  }
}
