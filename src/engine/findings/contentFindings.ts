import { LRUCache } from 'lru-cache';
import type { Diagnostic } from '../../model/diagnostic';
import type { SpanContent } from '../../model/message';
import { isCall, type Span } from '../../model/span';
import type { CallContent, ContentContext, ContentRule } from '../../rules/rule';
import type { EngineCore } from '../core';
import type { TraceGroup } from '../grouping/traceGroup';
import type { PreviousCalls } from '../summaries/previousCalls';
import type { HeadedSpan } from '../summaries/traceSpans';
import { BackgroundWork, type Duties } from './backgroundWork';
import type { Found } from './found';
import { OpenTraces } from './openTraces';
import type { RuleRunner } from './ruleRunner';

const maxRecent = 8; // calls whose bodies are kept while a trace is looked at
const maxCallsRead = 20_000; // whose bodies are read unasked, the newest first

const nothing: SpanContent = { inputMessages: [], outputMessages: [], tools: [], params: {} };

interface Known {
  readonly version: number;
  readonly found: readonly Found[];
}

/** How far the reading of a trace has come. */
interface Pass {
  readonly group: TraceGroup;
  readonly version: number;
  next: number;
  readonly found: Found[];
}

/**
 * What the rules over bodies say. Bodies are on disk, so they are read in the background, trace by trace, the newest first,
 * and again only when a trace has changed.
 */
export class ContentFindings {
  readonly #core: EngineCore;
  readonly #runner: RuleRunner;
  readonly #previous: PreviousCalls;
  readonly #onDidFind: () => void;
  #known = new WeakMap<TraceGroup, Known>();
  #callsRead = 0;
  /** A trace that was too long for one slice. */
  #begun: Pass | undefined;
  /** Bodies that were read a moment ago: rules look at those of the call before. */
  readonly #recent = new LRUCache<number, SpanContent>({ max: maxRecent });
  readonly #open: OpenTraces;
  readonly #background: BackgroundWork;

  constructor(
    core: EngineCore,
    runner: RuleRunner,
    previous: PreviousCalls,
    onDidFind: () => void,
    duties: Duties,
  ) {
    this.#core = core;
    this.#runner = runner;
    this.#previous = previous;
    this.#onDidFind = onDidFind;
    this.#open = new OpenTraces(
      () => core.traces.groups(),
      group => this.#known.get(group)?.version === group.version,
    );
    this.#background = new BackgroundWork(milliseconds => this.#readFor(milliseconds), duties);
  }

  /** The rules are others now. */
  forget(): void {
    this.#known = new WeakMap();
    this.#callsRead = 0;
    this.#begun = undefined;
    this.#open.forget();
  }

  /** What is known by now. */
  of(group: TraceGroup): readonly Found[] {
    return this.#known.get(group)?.found ?? [];
  }

  ofSpan(head: number, span: Span, traceSpans: readonly Span[]): readonly Diagnostic[] {
    const rules = rulesFor(span, this.#runner.contentRules());
    if (rules.length === 0) {
      return [];
    }
    const context = this.#contextOf(head, traceSpans);
    const found = rules.flatMap(rule => this.#runner.checkContent(rule, span, context) ?? []);
    this.#recent.clear();
    return found;
  }

  ofRule(
    rule: ContentRule,
    head: number,
    span: Span,
    traceSpans: readonly Span[],
  ): Diagnostic | undefined {
    const found = this.#runner.checkContent(rule, span, this.#contextOf(head, traceSpans));
    this.#recent.clear();
    return found;
  }

  /** There may be something to read: goes on in the background until there is nothing. */
  wake(): void {
    this.#background.wake();
  }

  /** Reads everything now. */
  finish(): void {
    while (this.#readFor(Number.POSITIVE_INFINITY)) {
      // goes on with the next trace
    }
  }

  dispose(): void {
    this.#background.dispose();
  }

  /** Returns whether there is more. */
  #readFor(milliseconds: number): boolean {
    if (this.#runner.contentRules().length === 0) {
      return false;
    }
    const end = performance.now() + milliseconds;
    for (let group = this.#open.next(); group !== undefined; group = this.#open.next()) {
      if (this.#callsRead >= maxCallsRead) {
        return false;
      }
      this.#read(group, end);
      if (performance.now() >= end) {
        return true;
      }
    }
    return false;
  }

  /** Looks at the calls of a trace, at least one, until the time is over; the next slice goes on where this one ended. */
  #read(group: TraceGroup, end: number): void {
    const begun = this.#begun;
    const pass =
      begun?.group === group && begun.version === group.version
        ? begun
        : { group, version: group.version, next: 0, found: [] };
    const members = this.#core.traces.spansOf(group);
    const traceSpans = this.#core.traces.bareSpansOf(group);
    const all = this.#runner.contentRules();
    do {
      const member = members[pass.next++];
      pass.found.push(...(member ? this.#check(member, traceSpans, all) : []));
    } while (pass.next < members.length && performance.now() < end);
    if (pass.next < members.length) {
      this.#begun = pass;
      return;
    }
    this.#begun = undefined;
    this.#recent.clear();
    const before = this.of(group).length;
    this.#known.set(group, { version: group.version, found: pass.found });
    if (before + pass.found.length > 0) {
      this.#onDidFind();
    }
  }

  #check(
    { head, span }: HeadedSpan,
    traceSpans: readonly Span[],
    all: readonly ContentRule[],
  ): readonly Found[] {
    const rules = rulesFor(span, all);
    if (rules.length === 0) {
      return [];
    }
    this.#callsRead++;
    const context = this.#contextOf(head, traceSpans);
    return rules
      .filter(rule => this.#runner.checkContent(rule, span, context))
      .map(rule => ({ head, category: rule.id, rule }));
  }

  #contextOf(head: number, traceSpans: readonly Span[]): ContentContext {
    return {
      traceSpans,
      content: this.#contentOf(head) ?? nothing,
      previous: () => this.#callBefore(head),
      contentOf: span => {
        const other = this.#core.findSpan(span.key);
        return other === undefined ? undefined : this.#contentOf(other);
      },
    };
  }

  #contentOf(head: number): SpanContent | undefined {
    const known = this.#recent.get(head);
    if (known) {
      return known;
    }
    const { content } = this.#core.content.readOwn(head);
    if (content) {
      this.#recent.set(head, content);
    }
    return content;
  }

  #callBefore(head: number): CallContent | undefined {
    const previous = this.#previous.of(head);
    const content = previous === undefined ? undefined : this.#contentOf(previous);
    return previous === undefined || !content
      ? undefined
      : { span: this.#core.reader.read(previous), content };
  }
}

function rulesFor(span: Span, rules: readonly ContentRule[]): readonly ContentRule[] {
  if (isCall(span)) {
    return rules;
  }
  return span.kind === 'tool' ? rules.filter(rule => rule.looksAtTools) : [];
}
