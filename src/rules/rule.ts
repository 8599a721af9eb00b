import type { Steps } from '../analysis/steps';
import type { Diagnostic, Severity } from '../model/diagnostic';
import type { SpanContent } from '../model/message';
import type { Span } from '../model/span';

/** What a rule says; the rest of a Diagnostic is the rule's own. */
export type RuleFinding = Omit<Diagnostic, 'ruleId' | 'severity' | 'title'>;

/**
 * What a rule may look at besides the span itself: the other spans of its trace, in time order. There may be tens of
 * thousands, and it is the same list for each of them: what is to be worked out of it is worked out once (`perTrace`).
 */
export interface RuleContext {
  readonly traceSpans: readonly Span[];
}

/** A call and its bodies. */
export interface CallContent {
  readonly span: Span;
  readonly content: SpanContent;
}

export interface ContentContext extends RuleContext {
  /**
   * What the call's own records hold: where a log never repeats the conversation, no input but what is new; empty where no
   * text is logged.
   */
  readonly content: SpanContent;
  /** The call before this one in the trace, or in the session; read from disk when asked for. */
  readonly previous: () => CallContent | undefined;
  /** The bodies of another span of the trace, a tool's for example; read from disk, so ask for few. */
  readonly contentOf: (span: Span) => SpanContent | undefined;
}

/** What the user has set for rules that need a limit. */
export interface RuleSettings {
  /** US dollars of one trace. */
  readonly budgetPerTraceUsd?: number | undefined;
  /** US dollars of one day (in the reader's time zone). */
  readonly budgetPerDayUsd?: number | undefined;
}

interface RuleBase {
  /** Stable, kebab case. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** A row of docs/diagnostics.md: when it fires. */
  readonly docs: string;
}

/** A check over one span and its trace. Pure; sees summaries, never bodies. */
export interface SpanRule extends RuleBase {
  readonly looksAt: 'span';
  /** Works out step by step what `check` wants to know of all spans, where that takes long; it does so itself otherwise. */
  prepare?(traceSpans: readonly Span[]): Steps<unknown>;
  check(span: Span, context: RuleContext): RuleFinding | undefined;
}

/** A check over the bodies of one call. Runs when a call is opened, and in the background over the others. Of the other
 * spans of the trace it looks only at those before: it is not asked again when more come. */
export interface ContentRule extends RuleBase {
  readonly looksAt: 'content';
  /** The bodies of tools that ran are looked at as well. */
  readonly looksAtTools?: true;
  /** See `SpanRule`. */
  prepare?(traceSpans: readonly Span[]): Steps<unknown>;
  check(span: Span, context: ContentContext): RuleFinding | undefined;
}

/** A check of single spans against all others, which it sees first, in no order: all rules in one pass. */
export interface LogRule extends RuleBase {
  readonly looksAt: 'log';
  compare(settings: RuleSettings): Collector<LogCheck>;
}

/** How a span is known where nothing of it is kept. */
export interface SpanPlace {
  /** A number of its own. */
  readonly id: number;
  /** The same for all spans of a session; of those without one, for all of a trace. */
  readonly lane: number;
}

/** Takes spans one by one and says what they are together. A span must not be kept: there may be millions. */
export interface Collector<T> {
  see(span: Span, place: SpanPlace): void;
  /**
   * When all have been seen: works out what `conclude` needs of them, to the end before that is called. Stops now and then for other work to be done.
   */
  prepare?(): Generator<undefined>;
  /** Once. Forgets what was seen: what it returns is kept for long, and it stands beside this. */
  conclude(): T;
}

/** Of no span. */
export const noId = -1;

export interface LogContext extends RuleContext {
  /** The number that the collector was told; `noId`: it has not seen the span. */
  readonly id: number;
}

export type LogCheck = (span: Span, context: LogContext) => RuleFinding | undefined;

export type Rule = SpanRule | ContentRule | LogRule;
