import type { Diagnostic } from '../../model/diagnostic';
import type { Span } from '../../model/span';
import type { LogRule } from '../../rules/rule';
import type { EngineCore } from '../core';
import { type Duties, NextSlice, restFactor, restMs, sliceMs } from './backgroundWork';
import type { Found } from './found';
import type { Comparison, RuleRunner } from './ruleRunner';

/** Rows that are compared when somebody asks; more have their turn in the background. */
const askedRows = 20_000;
const readingMs = 2000; // until it is tried again whether logs are still being read, which everybody waits for

/** What the rules say that compare a span with all others. */
export class LogFindings {
  readonly #core: EngineCore;
  readonly #runner: RuleRunner;
  readonly #onDidFind: () => void;
  readonly #duties: Duties;
  readonly #next: NextSlice;
  #comparisons: readonly Comparison[] = [];
  #found: readonly Found[] = [];
  #madeOf = '';
  #nextTime = 0;
  /** Comparing that goes on in the background. */
  #work: Generator<void> | undefined;
  #workedMs = 0;

  /** `onDidFind`: what was said meanwhile was of an earlier state of the log; whoever shows it asks again. */
  constructor(core: EngineCore, runner: RuleRunner, onDidFind: () => void, duties: Duties) {
    this.#core = core;
    this.#runner = runner;
    this.#onDidFind = onDidFind;
    this.#duties = duties;
    this.#next = new NextSlice(duties);
  }

  dispose(): void {
    this.#next.dispose();
  }

  /** As far as known. */
  all(): readonly Found[] {
    this.#refresh();
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

  /** Compares everything now. */
  finish(): void {
    if (this.#state !== this.#madeOf) {
      this.#work = undefined;
      runAll(this.#compare());
    }
  }

  get #state(): string {
    return `${this.#core.revision}/${this.#runner.version}`;
  }

  #refresh(): void {
    if (this.#state === this.#madeOf || this.#work !== undefined) {
      return;
    }
    const start = performance.now();
    const isLarge = this.#core.store.table.rows > askedRows;
    const waitMs = Math.max(
      this.#nextTime - start,
      isLarge && this.#duties.isReading() ? readingMs : 0,
    );
    if (waitMs > 0) {
      this.#next.after(waitMs, () => this.#onDidFind());
      return;
    }
    if (isLarge) {
      this.#work = this.#compare();
      this.#workedMs = 0;
      this.#next.after(restMs, () => this.#runSlice());
      return;
    }
    runAll(this.#compare());
    this.#restAfter(performance.now() - start);
  }

  #runSlice(): void {
    const start = performance.now();
    const work = this.#work;
    // whatever goes wrong, the next question begins anew
    this.#work = undefined;
    while (work?.next().done === false) {
      if (performance.now() >= start + sliceMs) {
        this.#work = work;
        this.#workedMs += performance.now() - start;
        this.#next.after(restMs, () => this.#runSlice());
        return;
      }
    }
    this.#restAfter(this.#workedMs);
    this.#onDidFind();
  }

  #restAfter(tookMs: number): void {
    this.#nextTime = performance.now() + restFactor * tookMs;
  }

  /** Stops behind each span and each rule, for other work to be done. A log that changes meanwhile is compared as it is then. */
  *#compare(): Generator<void> {
    const { reader } = this.#core;
    const state = this.#state;
    const collector = this.#runner.compare();
    for (const head of collector ? this.#core.heads() : []) {
      collector?.see(reader.read(head));
      yield;
    }
    const comparisons: Comparison[] = [];
    for (const comparison of collector?.conclude() ?? []) {
      if (comparison) {
        comparisons.push(comparison);
      }
      yield;
    }
    const found: Found[] = [];
    for (const head of collector ? this.#core.heads() : []) {
      found.push(...this.#check(head, comparisons));
      yield;
    }
    this.#comparisons = comparisons;
    this.#found = found;
    this.#madeOf = state;
  }

  #check(head: number, comparisons: readonly Comparison[]): readonly Found[] {
    const { reader, traces } = this.#core;
    const span = reader.read(head);
    const context = lazily(() => {
      const group = this.#core.traceOfSpan(head);
      return group ? traces.bareSpansOf(group) : [];
    });
    return comparisons
      .filter(comparison => this.#runner.checkAgainst(comparison, span, context))
      .map(({ rule }) => ({ head, category: rule.id, rule }));
  }
}

function runAll(work: Generator<void>): void {
  while (work.next().done === false) {
    // goes on with the next span
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
