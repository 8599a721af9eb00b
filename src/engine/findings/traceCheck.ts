import type { Steps } from '../../analysis/steps';
import type { Span } from '../../model/span';
import type { SpanRule } from '../../rules/rule';
import type { TraceGroup } from '../grouping/traceGroup';
import { growthBounds } from '../summaries/growthBounds';
import { failedSpans } from '../summaries/traceSummary';
import type { HeadedSpan } from '../summaries/traceSpans';
import type { Found } from './found';
import type { RuleRunner } from './ruleRunner';

/** A trace of more is not looked at in one go. */
export const manySpans = growthBounds.sliced;

/** Looks for what the error classifier and the rules over summaries say of a trace as it was when this was made. */
export class TraceCheck {
  readonly group: TraceGroup;
  readonly version: number;
  readonly found: Found[] = [];
  readonly #members: readonly HeadedSpan[];
  readonly #traceSpans: readonly Span[];
  readonly #runner: RuleRunner;
  readonly #rules: readonly SpanRule[];
  #failed: ReadonlySet<Span> | undefined;
  /** Rules work out what they want to know of all spans. */
  #preparing: Steps | undefined;
  #next = 0;

  constructor(
    group: TraceGroup,
    members: readonly HeadedSpan[],
    traceSpans: readonly Span[],
    runner: RuleRunner,
  ) {
    this.group = group;
    this.version = group.version;
    this.#members = members;
    this.#traceSpans = traceSpans;
    this.#runner = runner;
    this.#rules = runner.spanRules();
  }

  /** Returns whether there is more when the time is over. */
  goOn(milliseconds: number): boolean {
    const end = performance.now() + milliseconds;
    do {
      this.#step();
    } while (this.#next < this.#members.length && performance.now() < end);
    return this.#next < this.#members.length;
  }

  #step(): void {
    if (!this.#failed) {
      this.#failed = new Set(failedSpans(this.#traceSpans));
      return;
    }
    this.#preparing ??= this.#prepare();
    if (this.#preparing.next().done !== true) {
      return;
    }
    const { head, span } = this.#members[this.#next++] ?? {};
    if (head === undefined || !span) {
      return;
    }
    if (this.#failed.has(span)) {
      this.found.push({ head, category: span.error?.category ?? 'unknown', rule: undefined });
    }
    const broken = this.#rules.filter(each => this.#breaks(each, span));
    this.found.push(...broken.map(each => ({ head, category: each.id, rule: each })));
  }

  *#prepare(): Steps {
    const [first] = this.#members;
    for (const rule of this.#members.length < manySpans ? [] : this.#rules) {
      if (first) {
        yield* this.#runner.preparing(rule, first.span, { traceSpans: this.#traceSpans });
      }
    }
  }

  #breaks(rule: SpanRule, span: Span): boolean {
    return this.#runner.checkSpan(rule, span, { traceSpans: this.#traceSpans }) !== undefined;
  }
}
