import { finish, type Steps } from '../../analysis/steps';
import type { Diagnostic } from '../../model/diagnostic';
import type { Span } from '../../model/span';
import { type LogContext, type LogRule, noId } from '../../rules/rule';
import type { EngineCore } from '../core';
import type { Slice } from '../slice';
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
  /** Heads of the spans that anything is said of, by key: a row may be another span's by now. */
  #heads: ReadonlyMap<string, number> = new Map();
  /** Of the data and of the rules, when it was compared last. */
  #revision = -1;
  #rules = -1;
  #nextTime = 0;
  /** Comparing that goes on in the background. */
  #work: Steps | undefined;
  #workedMs = 0;
  /** Spans that it has come to, each of them twice. */
  #passed = 0;

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
    const id = this.#idOf(span);
    return this.#comparisons.flatMap(
      comparison => this.#runner.checkAgainst(comparison, span, { traceSpans, id }) ?? [],
    );
  }

  ofRule(rule: LogRule, span: Span, traceSpans: readonly Span[]): Diagnostic | undefined {
    this.#refresh();
    const comparison = this.#comparisons.find(made => made.rule === rule);
    const id = this.#idOf(span);
    return comparison && this.#runner.checkAgainst(comparison, span, { traceSpans, id });
  }

  /** Compares everything now. */
  finish(): void {
    if (!this.#isKnown) {
      this.#work = undefined;
      finish(this.#compare());
    }
  }

  /** The same in slices: all that is there at the time of asking. */
  async settle(slice: Slice): Promise<void> {
    const asked = this.#core.revision;
    while (this.#revision < asked || this.#rules !== this.#runner.version) {
      const work = (this.#work ??= this.#compare());
      while (!slice.isOver && this.#work === work) {
        if (work.next().done === true) {
          this.#work = undefined;
        }
      }
      await slice.rest();
    }
  }

  /** 0..1: so far it has come. */
  get share(): number {
    if (this.#isKnown) {
      return 1;
    }
    const spans = Math.max(1, 2 * this.#core.store.table.rows);
    return this.#work === undefined ? 0 : Math.min(1, this.#passed / spans);
  }

  /** Whether anything is known; it may be of an earlier state of the log. */
  get hasCompared(): boolean {
    return this.#revision >= 0;
  }

  get #isKnown(): boolean {
    return this.#revision === this.#core.revision && this.#rules === this.#runner.version;
  }

  #refresh(): void {
    if (this.#isKnown || this.#work !== undefined) {
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
    finish(this.#compare());
    this.#restAfter(performance.now() - start);
  }

  #idOf({ key }: Span): number {
    return this.#heads.get(key) ?? noId;
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
  *#compare(): Steps {
    const { reader, revision } = this.#core;
    const { version } = this.#runner;
    this.#passed = 0;
    const collector = this.#runner.compare();
    for (const head of collector ? this.#core.heads() : []) {
      collector?.see(reader.glance(head), { id: head, lane: reader.laneOf(head) });
      this.#passed++;
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
    const heads = new Map<string, number>();
    for (const head of collector ? this.#core.heads() : []) {
      const span = reader.glance(head);
      const said = this.#check(head, span, comparisons);
      if (said.length > 0) {
        found.push(...said);
        heads.set(span.key, head);
      }
      this.#passed++;
      yield;
    }
    this.#comparisons = comparisons;
    this.#found = found;
    this.#heads = heads;
    this.#revision = revision;
    this.#rules = version;
  }

  #check(head: number, span: Span, comparisons: readonly Comparison[]): readonly Found[] {
    const context = lazily(head, () => {
      const group = this.#core.traceOfSpan(head);
      return group ? this.#core.traces.bareSpansOf(group) : [];
    });
    return comparisons
      .filter(comparison => this.#runner.checkAgainst(comparison, span, context))
      .map(({ rule }) => ({ head, category: rule.id, rule }));
  }
}

/** Few rules look at the other spans, and there are many spans. */
function lazily(id: number, read: () => readonly Span[]): LogContext {
  let spans: readonly Span[] | undefined;
  return {
    id,
    get traceSpans() {
      spans ??= read();
      return spans;
    },
  };
}
