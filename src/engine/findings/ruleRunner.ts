import type { Steps } from '../../analysis/steps';
import type { Diagnostic, Severity } from '../../model/diagnostic';
import type { Span } from '../../model/span';
import type {
  Collector,
  ContentContext,
  ContentRule,
  LogCheck,
  LogContext,
  LogRule,
  Rule,
  RuleContext,
  RuleFinding,
  RuleSettings,
  SpanRule,
} from '../../rules/rule';

export const severities: readonly Severity[] = ['info', 'warning', 'error', 'critical'];

/** A rule that compares with all spans, after it has seen them. */
export interface Comparison {
  readonly rule: LogRule;
  readonly check: LogCheck;
}

/** Asks the rules, those that are switched on, and gives their findings the severity that the user has set. */
export class RuleRunner {
  readonly #rules: readonly Rule[];
  /** Severity by rule id, or `off`. */
  #configured: ReadonlyMap<string, string> = new Map();
  #settings: RuleSettings = {};
  /** Goes up when the same span may be judged differently. */
  version = 0;

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  configure(severity: Readonly<Record<string, string>>, settings: RuleSettings): void {
    this.#configured = new Map(Object.entries(severity));
    this.#settings = settings;
    this.version++;
  }

  severityOf(rule: Rule): Severity {
    const configured = this.#configured.get(rule.id);
    return severities.find(known => known === configured) ?? rule.severity;
  }

  spanRules(): readonly SpanRule[] {
    return this.#rules.filter(rule => rule.looksAt === 'span').filter(rule => this.#isOn(rule));
  }

  contentRules(): readonly ContentRule[] {
    return this.#rules.filter(rule => rule.looksAt === 'content').filter(rule => this.#isOn(rule));
  }

  /**
   * Reading a span costs more than looking at it: all rules see it at once. undefined: none is switched on. Among what they conclude there is
   * nothing where other work may be done.
   */
  compare(): Collector<Iterable<Comparison | undefined>> | undefined {
    const collecting = this.#rules
      .filter(rule => rule.looksAt === 'log')
      .filter(rule => this.#isOn(rule))
      .map(rule => ({ rule, collector: rule.compare(this.#settings) }));
    return collecting.length === 0
      ? undefined
      : {
          see: (span, place) => collecting.forEach(({ collector }) => collector.see(span, place)),
          *conclude() {
            for (const { rule, collector } of collecting) {
              yield* collector.prepare?.() ?? [];
              yield { rule, check: collector.conclude() };
            }
          },
        };
  }

  checkSpan(rule: SpanRule, span: Span, context: RuleContext): Diagnostic | undefined {
    return this.#toDiagnostic(rule, rule.check(span, context));
  }

  /** All that a rule works out of all spans of a trace when it is asked first, of this span. */
  *preparing(rule: SpanRule, span: Span, context: RuleContext): Steps {
    yield* rule.prepare?.(context.traceSpans) ?? [];
    rule.check(span, context);
    yield;
  }

  checkContent(rule: ContentRule, span: Span, context: ContentContext): Diagnostic | undefined {
    return this.#toDiagnostic(rule, rule.check(span, context));
  }

  checkAgainst(
    { rule, check }: Comparison,
    span: Span,
    context: LogContext,
  ): Diagnostic | undefined {
    return this.#toDiagnostic(rule, check(span, context));
  }

  #isOn(rule: Rule): boolean {
    return this.#configured.get(rule.id) !== 'off';
  }

  #toDiagnostic(rule: Rule, finding: RuleFinding | undefined): Diagnostic | undefined {
    return (
      finding && {
        ruleId: rule.id,
        title: rule.title,
        severity: this.severityOf(rule),
        ...finding,
      }
    );
  }
}
