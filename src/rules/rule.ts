import type { Diagnostic, Severity } from '../model/diagnostic';
import type { Span } from '../model/span';

/** What a rule may look at besides the span itself: the other spans of its trace, in time order. */
export interface RuleContext {
  readonly traceSpans: readonly Span[];
}

/** A check over one span. Pure; sees summaries, never bodies. */
export interface Rule {
  /** Stable, kebab case. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  check(
    span: Span,
    context: RuleContext,
  ): Omit<Diagnostic, 'ruleId' | 'severity' | 'title'> | undefined;
}
