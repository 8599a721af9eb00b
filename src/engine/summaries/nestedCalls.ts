import { CallNesting } from '../../analysis/callNesting';
import { endsStep, finish, type Steps } from '../../analysis/steps';
import { isFailed, type Span } from '../../model/span';
import type { TraceMembership } from '../grouping/traceMembership';
import { NearReader } from '../store/nearReader';
import type { SpanStore } from '../store/spanStore';
import { CallLinks } from './callLinks';
import type { SpanReader } from './spanReader';

/** What `CallNesting` says of a call. */
export interface NestedCall {
  readonly isLeaf: boolean;
  readonly saysFailure: boolean;
  readonly saysToolCalls: boolean;
}

interface Nesting {
  readonly nesting: CallNesting;
  readonly headOf: ReadonlyMap<Span, number>;
}

/**
 * Calls around calls in all traces. Only in a trace in which a call lies inside its parent are there spans made, for `CallNesting` to
 * judge; in most logs there is none.
 */
export class NestedCalls {
  readonly #store: SpanStore;
  readonly #membership: TraceMembership;
  readonly #reader: SpanReader;
  readonly #links: CallLinks;

  constructor(store: SpanStore, membership: TraceMembership, reader: SpanReader) {
    this.#store = store;
    this.#membership = membership;
    this.#reader = reader;
    this.#links = new CallLinks(store, membership, column => column);
  }

  /** By head; only the calls of traces that have calls around calls. */
  all(): ReadonlyMap<number, NestedCall> {
    const nested = new Map<number, NestedCall>();
    // nothing is written meanwhile
    const links = new CallLinks(this.#store, this.#membership, column => new NearReader(column));
    if (!links.areThere) {
      return nested;
    }
    for (const trace of this.#membership.numbers()) {
      if (links.mayNest(trace)) {
        this.#judge(trace, nested);
      }
    }
    return nested;
  }

  /** What lies in what in a trace, by its number, and the head of each of its spans, which are made for that. undefined: it has changed. */
  *nestingOf(trace: number): Steps<Nesting | undefined> {
    const version = this.#membership.version(trace);
    const heads = [...this.#membership.headsOf(trace)].toSorted((one, other) =>
      this.#store.compareRows(one, other),
    );
    const headOf = new Map<Span, number>();
    for (const [at, head] of heads.entries()) {
      headOf.set(this.#reader.read(head), head);
      if (endsStep(at)) {
        yield;
        if (this.#membership.version(trace) !== version) {
          return undefined;
        }
      }
    }
    return { nesting: yield* CallNesting.inSteps(headOf.keys()), headOf };
  }

  #judge(trace: number, nested: Map<number, NestedCall>): void {
    const judged = finish(this.nestingOf(trace));
    if (!judged) {
      return;
    }
    const { nesting, headOf } = judged;
    const leaves = new Set(nesting.leaves);
    const failed = new Set(nesting.saying(isFailed));
    const asking = new Set(nesting.saying(call => call.toolCallNames.length > 0));
    for (const call of nesting.calls) {
      nested.set(headOf.get(call) ?? 0, {
        isLeaf: leaves.has(call),
        saysFailure: failed.has(call),
        saysToolCalls: asking.has(call),
      });
    }
  }

  /** Whether there may be calls around calls in a trace, by its number. */
  mayNest(trace: number): boolean {
    return this.#links.mayNest(trace);
  }
}
