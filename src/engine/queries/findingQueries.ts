import type { Diagnostic, ErrorDiagnosis, Severity } from '../../model/diagnostic';
import type { Span } from '../../model/span';
import type { Finding, FindingGroup, Page } from '../../protocol/engineContract';
import { categoryTitle, diagnoseError } from '../../rules/errors/diagnoseError';
import type { Rule } from '../../rules/rule';
import type { EngineCore } from '../core';
import type { TraceGroup } from '../grouping/traceGroup';
import { failedSpans } from '../summaries/traceSummary';
import { toPage } from './paging';

const severities: readonly Severity[] = ['info', 'warning', 'error', 'critical'];

/** A finding as it is kept: what it says is made again when it is shown. */
interface Found {
  readonly head: number;
  /** Id of an error category, or of the rule. */
  readonly category: string;
  readonly rule: Rule | undefined;
}

/** What the error classifier and the rules say of all spans. */
export class FindingQueries {
  readonly #core: EngineCore;
  readonly #rules: readonly Rule[];
  /** Severity by rule id, or `off`. */
  #configured: ReadonlyMap<string, string> = new Map();
  #known = new WeakMap<
    TraceGroup,
    { readonly version: number; readonly found: readonly Found[] }
  >();

  constructor(core: EngineCore, rules: readonly Rule[]) {
    this.#core = core;
    this.#rules = rules;
  }

  configure(rules: Readonly<Record<string, string>>): void {
    this.#configured = new Map(Object.entries(rules));
    this.#known = new WeakMap();
  }

  listGroups(): readonly FindingGroup[] {
    const groups = new Map<string, Found[]>();
    for (const found of this.#all()) {
      const group = groups.get(found.category) ?? [];
      groups.set(found.category, group);
      group.push(found);
    }
    const rank = (group: FindingGroup) => severities.indexOf(group.severity);
    return [...groups]
      .map(([category, found]) => this.#toGroup(category, found))
      .toSorted((one, other) => rank(other) - rank(one) || other.count - one.count);
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

  /** What the rules say of one span. */
  ofSpan(span: Span, traceSpans: readonly Span[]): readonly Diagnostic[] {
    return this.#rules.flatMap(rule => this.#check(rule, span, traceSpans) ?? []);
  }

  *#all(): Generator<Found> {
    for (const group of this.#core.traces.groups()) {
      yield* this.#ofTrace(group);
    }
  }

  #ofTrace(group: TraceGroup): readonly Found[] {
    const known = this.#known.get(group);
    if (known?.version === group.version) {
      return known.found;
    }
    const members = this.#core.traces.spansOf(group);
    const spans = members.map(member => member.span);
    const failed = new Set(failedSpans(spans));
    const found = members.flatMap(({ head, span }) => {
      const broken = this.#rules.filter(rule => this.#check(rule, span, spans));
      const category = span.error?.category ?? 'unknown';
      return [
        ...(failed.has(span) ? [{ head, category, rule: undefined }] : []),
        ...broken.map(rule => ({ head, category: rule.id, rule })),
      ];
    });
    this.#known.set(group, { version: group.version, found });
    return found;
  }

  #check(rule: Rule, span: Span, traceSpans: readonly Span[]): Diagnostic | undefined {
    const severity = this.#configured.get(rule.id) ?? rule.severity;
    const result = severity === 'off' ? undefined : rule.check(span, { traceSpans });
    return (
      result && {
        ruleId: rule.id,
        title: rule.title,
        severity: severities.find(known => known === severity) ?? rule.severity,
        ...result,
      }
    );
  }

  #toGroup(category: string, found: readonly Found[]): FindingGroup {
    const { reader } = this.#core;
    const rule = found[0]?.rule;
    const spans = found.map(({ head }) => reader.read(head));
    const times = spans.map(span => span.startTime).filter(time => time !== undefined);
    const models = spans.map(span => span.model).filter(model => model !== undefined);
    const configured = severities.find(known => known === this.#configured.get(category));
    return {
      category,
      title: rule?.title ?? categoryTitle(category),
      severity: rule ? (configured ?? rule.severity) : 'error',
      count: found.length,
      firstTime: times.length > 0 ? times.reduce((one, other) => Math.min(one, other)) : undefined,
      latestTime: times.length > 0 ? times.reduce((one, other) => Math.max(one, other)) : undefined,
      models: [...new Set(models)],
    };
  }

  #toFinding({ head, category, rule }: Found): Finding {
    const { reader, store } = this.#core;
    const span = reader.read(head);
    const group = this.#core.traceOfSpan(head);
    const spans = rule && group ? this.#core.traces.spansOf(group).map(member => member.span) : [];
    const diagnostic =
      (rule && this.#check(rule, span, spans)) ??
      toDiagnostic(diagnoseError({ message: '', ...span.error, ...whoFailed(span) }));
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

  #timeOf({ head }: Found): number | undefined {
    return this.#core.reader.read(head).startTime;
  }
}

function whoFailed({ provider, model }: Span) {
  return { provider, model };
}

function toDiagnostic(diagnosis: ErrorDiagnosis): Diagnostic {
  const { category, title, explanation, fixes, links, facts } = diagnosis;
  return { ruleId: category, severity: 'error', title, message: explanation, fixes, links, facts };
}
