import type { Diagnostic } from '../../model/diagnostic';
import type { Span } from '../../model/span';
import type { LogRule } from '../../rules/rule';
import type { EngineCore } from '../core';
import type { Found } from './found';
import type { Comparison, RuleRunner } from './ruleRunner';

/** A log that grows all the time is compared again only after this many times of what comparing took. */
const restFactor = 20;

/** What the rules say that compare a span with all others. */
export class LogFindings {
  readonly #core: EngineCore;
  readonly #runner: RuleRunner;
  readonly #onDidRest: () => void;
  #timer: NodeJS.Timeout | undefined;
  #comparisons: readonly Comparison[] = [];
  #found: readonly Found[] | undefined;
  #madeOf = '';
  #nextTime = 0;

  /** `onDidRest`: what was said meanwhile was of an earlier state of the log; whoever shows it asks again. */
  constructor(core: EngineCore, runner: RuleRunner, onDidRest: () => void) {
    this.#core = core;
    this.#runner = runner;
    this.#onDidRest = onDidRest;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  all(): readonly Found[] {
    this.#refresh();
    if (this.#found === undefined) {
      const start = performance.now();
      this.#found = this.#find();
      this.#nextTime += restFactor * (performance.now() - start);
    }
    return this.#found;
  }

  ofSpan(span: Span, traceSpans: readonly Span[]): readonly Diagnostic[] {
    this.#refresh();
    return this.#comparisons.flatMap(
      comparison => this.#runner.checkAgainst(comparison, span, { traceSpans }) ?? [],
    );
  }

  ofRule(rule: LogRule, span: Span, traceSpans: readonly Span[]): Diagnostic | undefined {
    this.#refresh();
    const comparison = this.#comparisons.find(made => made.rule === rule);
    return comparison && this.#runner.checkAgainst(comparison, span, { traceSpans });
  }

  #refresh(): void {
    const madeOf = `${this.#core.revision}/${this.#runner.version}`;
    const start = performance.now();
    if (madeOf === this.#madeOf) {
      return;
    }
    if (start < this.#nextTime) {
      this.#timer ??= setTimeout(() => this.#rested(), this.#nextTime - start).unref();
      return;
    }
    this.#comparisons = this.#runner.compare(() => this.#core.spans());
    this.#found = undefined;
    this.#madeOf = madeOf;
    const end = performance.now();
    this.#nextTime = end + restFactor * (end - start);
  }

  #rested(): void {
    this.#timer = undefined;
    this.#onDidRest();
  }

  #find(): readonly Found[] {
    const found: Found[] = [];
    const { reader, traces } = this.#core;
    for (const head of this.#core.heads()) {
      const span = reader.read(head);
      const traceSpans = () => {
        const group = this.#core.traceOfSpan(head);
        return group ? traces.bareSpansOf(group) : [];
      };
      for (const comparison of this.#comparisons) {
        if (this.#runner.checkAgainst(comparison, span, lazily(traceSpans))) {
          found.push({ head, category: comparison.rule.id, rule: comparison.rule });
        }
      }
    }
    return found;
  }
}

/** Few rules look at the other spans, and there are many spans. */
function lazily(read: () => readonly Span[]): { readonly traceSpans: readonly Span[] } {
  let spans: readonly Span[] | undefined;
  return {
    get traceSpans() {
      spans ??= read();
      return spans;
    },
  };
}
