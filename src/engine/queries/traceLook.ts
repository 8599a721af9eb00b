import type { Steps } from '../../analysis/steps';
import { isCall } from '../../model/span';
import type { EngineCore } from '../core';
import type { Filter } from '../filter';
import type { TraceGroup } from '../grouping/traceGroup';
import type { TermSearch } from '../search/termSearch';
import { inSlices, type Slice } from '../slice';
import { earliestStart } from '../store/mergePatches';
import type { NestedCalls } from '../summaries/nestedCalls';

/** What a filter lets through of one trace in one of its states. */
export interface TraceMatches {
  readonly version: number;
  readonly heads: readonly number[];
  readonly calls: number;
  readonly ofCalls: number;
  /** Of the whole trace, epoch ms; -Infinity when unknown, or nothing is let through. */
  readonly startTime: number;
  /** It depends on bodies that have not been searched yet. */
  readonly isOpen: boolean;
}

export const noHeads: readonly number[] = [];

/** Asks a filter about the spans of one trace, one after the other. */
export class TraceLook {
  readonly version: number;
  readonly #group: TraceGroup;
  readonly #core: EngineCore;
  readonly #filter: Filter;
  readonly #terms: ReadonlyMap<string, TermSearch>;
  readonly #members: readonly number[];
  readonly #heads: number[] = [];
  #next = 0;
  #calls = 0;
  #ofCalls = 0;
  #isOpen = false;

  constructor(
    group: TraceGroup,
    core: EngineCore,
    filter: Filter,
    terms: ReadonlyMap<string, TermSearch>,
  ) {
    this.#group = group;
    this.version = group.version;
    this.#members = [...group.heads];
    this.#core = core;
    this.#filter = filter;
    this.#terms = terms;
  }

  /** Looks at all of it; false: it has changed meanwhile, or nobody wants to know any more. */
  async finish(slice: Slice, nested: NestedCalls, isStopped: () => boolean): Promise<boolean> {
    const isOver = (): boolean => this.#group.version !== this.version || isStopped();
    while (!this.#goOn(slice)) {
      await slice.rest();
      if (isOver()) {
        return false;
      }
    }
    const [first] = this.#members;
    const trace = first === undefined ? 0 : this.#core.membership.numberOf(first);
    if (trace === 0 || !nested.mayNest(trace)) {
      return true;
    }
    await inSlices(this.#leaveOutOuterCalls(nested, trace), slice, () => {});
    return !isOver();
  }

  /** Looks at more spans, at least one of them; false when the slice was over before the end. */
  #goOn(slice: Slice): boolean {
    do {
      const head = this.#members[this.#next++];
      if (head === undefined) {
        return true;
      }
      this.#look(head);
    } while (!slice.isOver);
    return this.#next >= this.#members.length;
  }

  /** Of calls around others those count that are let through by themselves, as failures do everywhere; of all calls none. */
  *#leaveOutOuterCalls(nested: NestedCalls, trace: number): Steps {
    const judged = yield* nested.nestingOf(trace);
    if (!judged) {
      return;
    }
    const { nesting, headOf } = judged;
    const matching = new Set(this.#heads);
    this.#ofCalls = nesting.leaves.length;
    this.#calls = nesting.saying(call => matching.has(headOf.get(call) ?? -1)).length;
  }

  matches(): TraceMatches {
    const isMatch = this.#heads.length > 0;
    const startTime = isMatch ? this.#startTime() : Number.POSITIVE_INFINITY;
    return {
      version: this.version,
      heads: isMatch ? this.#heads : noHeads,
      calls: this.#calls,
      ofCalls: this.#ofCalls,
      startTime: Number.isFinite(startTime) ? startTime : Number.NEGATIVE_INFINITY,
      isOpen: this.#isOpen,
    };
  }

  #look(head: number): void {
    if (this.#cannotMatch(head)) {
      this.#ofCalls += this.#isCall(head) ? 1 : 0;
      return;
    }
    const span = this.#core.reader.glance(head);
    const isMatch =
      this.#filter.ok &&
      this.#filter.matches(span, text => {
        const contains = this.#terms.get(text)?.contains(head);
        this.#isOpen ||= contains === undefined;
        return contains;
      });
    const callCount = isCall(span) ? 1 : 0;
    this.#ofCalls += callCount;
    if (isMatch) {
      this.#calls += callCount;
      this.#heads.push(head);
    }
  }

  /** Without making the span, which takes ten times as long. */
  #cannotMatch(head: number): boolean {
    if (!this.#filter.ok || !this.#filter.requiresText) {
      return false;
    }
    for (const term of this.#terms.values()) {
      const contains = term.contains(head);
      if (contains === true || term.mayBeInSummary(head)) {
        return false;
      }
      this.#isOpen ||= contains === undefined;
    }
    return true;
  }

  #isCall(head: number): boolean {
    return isCall(this.#core.reader.glance(head));
  }

  /** Of the whole trace. */
  #startTime(): number {
    const { spans, table } = this.#core.store;
    const times = this.#members.map(head => earliestStart(table, spans.rows(head)));
    const known = times.filter(time => time !== undefined);
    return known.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
  }
}
