import type { EngineCore } from '../core';
import type { TraceGroup } from '../grouping/traceGroup';
import { failedSpans } from '../summaries/traceSummary';
import type { Found } from './found';
import type { RuleRunner } from './ruleRunner';

/** What the error classifier and the rules over summaries say of a trace, kept until the trace is another one. */
export class TraceFindings {
  readonly #core: EngineCore;
  readonly #runner: RuleRunner;
  #known = new WeakMap<
    TraceGroup,
    { readonly version: number; readonly found: readonly Found[] }
  >();

  constructor(core: EngineCore, runner: RuleRunner) {
    this.#core = core;
    this.#runner = runner;
  }

  forget(): void {
    this.#known = new WeakMap();
  }

  of(group: TraceGroup): readonly Found[] {
    const known = this.#known.get(group);
    if (known?.version === group.version) {
      return known.found;
    }
    const members = this.#core.traces.spansOf(group);
    const traceSpans = this.#core.traces.bareSpansOf(group);
    const failed = new Set(failedSpans(traceSpans));
    const rules = this.#runner.spanRules();
    const found = members.flatMap(({ head, span }): Found[] => {
      const broken = rules.filter(rule => this.#runner.checkSpan(rule, span, { traceSpans }));
      const category = span.error?.category ?? 'unknown';
      return [
        ...(failed.has(span) ? [{ head, category, rule: undefined }] : []),
        ...broken.map(rule => ({ head, category: rule.id, rule })),
      ];
    });
    this.#known.set(group, { version: group.version, found });
    return found;
  }
}
