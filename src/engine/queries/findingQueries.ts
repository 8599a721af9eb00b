import { setTimeout as sleep } from 'node:timers/promises';
import type { Steps } from '../../analysis/steps';
import type { Diagnostic, ErrorDiagnosis } from '../../model/diagnostic';
import type { Span } from '../../model/span';
import type { Finding, FindingGroup, FindingGroups, Page } from '../../protocol/engineContract';
import { errorBook } from '../../rules/errorBook';
import type { Rule, RuleSettings } from '../../rules/rule';
import type { EngineCore } from '../core';
import { type Duties, sliceMs } from '../findings/backgroundWork';
import { ContentFindings } from '../findings/contentFindings';
import { FindingTally } from '../findings/findingTally';
import type { Found } from '../findings/found';
import { LogFindings } from '../findings/logFindings';
import { RuleRunner, severities } from '../findings/ruleRunner';
import { TraceFindings } from '../findings/traceFindings';
import type { TraceGroup } from '../grouping/traceGroup';
import { Slice } from '../slice';
import { earliestStart } from '../store/mergePatches';
import type { PreviousCalls } from '../summaries/previousCalls';
import { toPage } from './paging';

/** As long as not everything is found out, less than all. */
const nearlyAll = 0.99;

/** Lists what the error classifier and the rules say of all spans. */
export class FindingQueries {
  readonly #core: EngineCore;
  readonly #runner: RuleRunner;
  readonly #ofTraces: TraceFindings;
  readonly #ofLog: LogFindings;
  readonly #ofContent: ContentFindings;
  /** Somebody has asked for the findings, and shows them. */
  #isWatched = false;
  #settling: Promise<void> | undefined;

  /** `onDidChange`: there are other findings than a moment ago, though the log is the same. `duties`: what else there is to do. */
  constructor(
    core: EngineCore,
    rules: readonly Rule[],
    previous: PreviousCalls,
    onDidChange: () => void,
    duties: Duties,
  ) {
    this.#core = core;
    this.#runner = new RuleRunner(rules);
    this.#ofTraces = new TraceFindings(core, this.#runner, onDidChange, duties);
    this.#ofLog = new LogFindings(core, this.#runner, onDidChange, duties);
    this.#ofContent = new ContentFindings(core, this.#runner, previous, onDidChange, duties);
  }

  configure(rules: Readonly<Record<string, string>>, settings: RuleSettings): void {
    this.#runner.configure(rules, settings);
    this.#ofTraces.forget();
    this.#ofContent.forget();
    this.wake();
  }

  /** The log has changed: bodies that are new are looked at in the background, if anybody wants to know. */
  wake(): void {
    if (this.#isWatched) {
      this.#ofContent.wake();
    }
  }

  dispose(): void {
    this.#ofTraces.dispose();
    this.#ofLog.dispose();
    this.#ofContent.dispose();
  }

  /** Every finding of the whole log, bodies included, each with its severity; for the command line. */
  *everything(): Generator<Finding> {
    this.#ofTraces.finish();
    this.#ofLog.finish();
    this.#ofContent.finish();
    for (const group of this.#core.traces.groups()) {
      for (const found of [...this.#ofTraces.of(group), ...this.#ofContent.of(group)]) {
        yield this.#toFinding(found);
      }
    }
    for (const found of this.#ofLog.all()) {
      yield this.#toFinding(found);
    }
  }

  listGroups(): FindingGroups {
    this.#isWatched = true;
    this.wake();
    const tallies = new Map<string, FindingTally>();
    for (const found of this.#all()) {
      let tally = tallies.get(found.category);
      if (!tally) {
        tally = new FindingTally(this.#core.store, found.rule);
        tallies.set(found.category, tally);
      }
      tally.add(found.head);
    }
    const rank = (group: FindingGroup) => severities.indexOf(group.severity);
    const groups = [...tallies]
      .map(([category, tally]) => this.#toGroup(category, tally))
      .toSorted((one, other) => rank(other) - rank(one) || other.count - one.count);
    return { groups, share: this.#ofTraces.share, isComparing: !this.#ofLog.hasCompared };
  }

  /**
   * Finds out all that is to be said of what is there now, without keeping the thread from other work. Resolves with how far that is (0..1)
   * after so many milliseconds at the latest, and goes on.
   */
  async settle(withinMs?: number): Promise<number> {
    this.#settling ??= this.#settle().finally(() => (this.#settling = undefined));
    const ends: Promise<boolean>[] = [this.#settling.then(() => true)];
    if (withinMs !== undefined) {
      ends.push(sleep(withinMs, false));
    }
    const isSettled = await Promise.race(ends);
    const parts = [this.#ofTraces.share, this.#ofLog.share, this.#ofContent.share];
    const share = parts.reduce((sum, part) => sum + part, 0) / parts.length;
    return isSettled ? 1 : Math.min(share, nearlyAll);
  }

  async #settle(): Promise<void> {
    const slice = new Slice();
    while (this.#ofTraces.goOn(sliceMs)) {
      await slice.rest();
    }
    await this.#ofLog.settle(slice);
    while (this.#ofContent.goOn(sliceMs)) {
      await slice.rest();
    }
  }

  /** Latest first. */
  list({
    category,
    ...range
  }: {
    readonly category: string;
    readonly start: number;
    readonly end: number;
  }): Page<Finding> {
    const found = [...this.#all()].filter(one => one.category === category);
    const time = new Map(found.map(one => [one, this.#timeOf(one) ?? Number.NEGATIVE_INFINITY]));
    const sorted = found.toSorted((one, other) => {
      const [first, second] = [time.get(one) ?? 0, time.get(other) ?? 0];
      return first === second ? 0 : second - first;
    });
    return toPage(sorted, range, one => this.#toFinding(one));
  }

  listOfFile({
    file,
    ...range
  }: {
    readonly file: string;
    readonly start: number;
    readonly end: number;
  }): Page<Finding> {
    const { store } = this.#core;
    const id = store.file(file)?.id;
    const found = [...this.#all()].filter(({ head }) => store.table.file.get(head) === id);
    return toPage(found, range, one => this.#toFinding(one));
  }

  /** Rule by rule what `ofSpan` says: it takes a moment then, since what they want to know of all spans of a trace is worked out once. */
  *preparing(head: number, span: Span, traceSpans: readonly Span[]): Steps {
    for (const rule of this.#runner.spanRules()) {
      yield* this.#runner.preparing(rule, span, { traceSpans });
    }
    yield* this.#ofContent.preparing(head, span, traceSpans);
    this.#ofLog.ofSpan(span, traceSpans);
  }

  /** What the rules say of one span. */
  ofSpan(head: number, span: Span, traceSpans: readonly Span[]): readonly Diagnostic[] {
    return [
      ...this.#runner
        .spanRules()
        .flatMap(rule => this.#runner.checkSpan(rule, span, { traceSpans }) ?? []),
      ...this.#ofLog.ofSpan(span, traceSpans),
      ...this.#ofContent.ofSpan(head, span, traceSpans),
    ];
  }

  /** What is known may be of an earlier state of the log: nothing is said of spans that are no more. */
  *#all(): Generator<Found> {
    const { membership } = this.#core;
    yield* this.#thatAreThere(this.#ofTraces.all());
    yield* this.#thatAreThere(this.#ofContent.all());
    for (const one of this.#ofLog.all()) {
      if (membership.numberOf(one.head) !== 0) {
        yield one;
      }
    }
  }

  *#thatAreThere(all: Iterable<readonly [TraceGroup, readonly Found[]]>): Generator<Found> {
    const { membership } = this.#core;
    for (const [group, found] of all) {
      yield* found.filter(one => membership.groupOf(one.head) === group);
    }
  }

  #toGroup(category: string, tally: FindingTally): FindingGroup {
    const { rule, count, firstTime, latestTime, models } = tally;
    return {
      category,
      title: rule?.title ?? errorBook().categoryTitle(category),
      severity: rule ? this.#runner.severityOf(rule) : errorBook().categorySeverity(category),
      isFailure: rule === undefined,
      count,
      firstTime,
      latestTime,
      models,
    };
  }

  #toFinding({ head, category, rule }: Found): Finding {
    const { reader, store } = this.#core;
    const span = reader.read(head);
    const diagnostic =
      (rule && this.#say(rule, head, span)) ??
      toDiagnostic(errorBook().diagnoseError({ message: '', ...span.error, ...whoFailed(span) }));
    return {
      diagnostic,
      category,
      spanKey: span.key,
      traceKey: span.traceKey,
      spanName: span.name,
      model: span.model,
      time: span.startTime,
      source: store.sourceOf(head),
    };
  }

  /** What one rule says of a span; undefined when it has nothing more to say. */
  #say(rule: Rule, head: number, span: Span): Diagnostic | undefined {
    const group = this.#core.traceOfSpan(head);
    const traceSpans = group ? this.#core.traces.bareSpansOf(group) : [];
    switch (rule.looksAt) {
      case 'span':
        return this.#runner.checkSpan(rule, span, { traceSpans });
      case 'content':
        return this.#ofContent.ofRule(rule, head, span, traceSpans);
      case 'log':
        return this.#ofLog.ofRule(rule, span, traceSpans);
    }
  }

  #timeOf({ head }: Found): number | undefined {
    const { table, spans } = this.#core.store;
    return earliestStart(table, spans.rows(head));
  }
}

function whoFailed({ provider, model, kind }: Span) {
  return { provider, model, isOfTool: kind === 'tool' };
}

function toDiagnostic(diagnosis: ErrorDiagnosis): Diagnostic {
  const { category, title, explanation, fixes, links, facts } = diagnosis;
  const severity = errorBook().categorySeverity(category);
  return { ruleId: category, severity, title, message: explanation, fixes, links, facts };
}
