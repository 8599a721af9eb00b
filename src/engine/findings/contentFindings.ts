import { LRUCache } from 'lru-cache';
import type { Steps } from '../../analysis/steps';
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
const maxBefore = 1000; // spans before one that is looked at among which rules want to see others
const maxCallsRead = 20_000; // whose bodies are read unasked, the newest first

const nothing: SpanContent = { inputMessages: [], outputMessages: [], tools: [], params: {} };

/** How far the reading of a trace has come. */
interface Pass {
  readonly group: TraceGroup;
  /** Of the trace when it was looked at last. */
  version: number;
  /** Place of the next span to be looked at. */
  next: number;
  readonly found: PlacedFound[];
  /** What is said of it: all that was found when it was looked at to its end. */
  said: readonly Found[];
}

type PlacedFound = Found & { readonly place: number };

/**
 * What the rules over bodies say. Bodies are on disk, so they are read in the background, trace by trace, the newest first. Of a trace that has
 * changed they are read from the first span on that is another one: no such rule looks at spans that come later.
 */
export class ContentFindings {
  readonly #core: EngineCore;
  readonly #runner: RuleRunner;
  readonly #previous: PreviousCalls;
  readonly #onDidFind: () => void;
  #passes = new WeakMap<TraceGroup, Pass>();
  /** Traces of which something is said. */
  readonly #said = new Set<TraceGroup>();
  #callsRead = 0;
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
      group => this.#isDone(group),
      () => core.revision,
    );
    this.#background = new BackgroundWork(milliseconds => this.goOn(milliseconds), duties);
  }

  /** The rules are others now. */
  forget(): void {
    this.#passes = new WeakMap();
    this.#said.clear();
    this.#callsRead = 0;
    this.#open.forget();
  }

  /** Of all traces of which there is anything to say, in no order, as far as known. */
  *all(): Generator<readonly [TraceGroup, readonly Found[]]> {
    for (const group of this.#said) {
      if (group.heads.size === 0) {
        this.#said.delete(group);
      } else {
        yield [group, this.of(group)];
      }
    }
  }

  /** 0..1: so many of the traces have been looked at. */
  get share(): number {
    return this.#callsRead >= maxCallsRead ? 1 : this.#open.share;
  }

  /** Of one trace, as far as known. */
  of(group: TraceGroup): readonly Found[] {
    return this.#passes.get(group)?.said ?? [];
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

  /** The same rule by rule, for what they work out of all spans of the trace. */
  *preparing(head: number, span: Span, traceSpans: readonly Span[]): Steps {
    for (const rule of rulesFor(span, this.#runner.contentRules())) {
      yield* rule.prepare?.(traceSpans) ?? [];
      this.ofRule(rule, head, span, traceSpans);
      yield;
    }
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
    while (this.goOn(Number.POSITIVE_INFINITY)) {
      // goes on with the next trace
    }
  }

  dispose(): void {
    this.#background.dispose();
  }

  /** Reads more now. Returns whether there is more. */
  goOn(milliseconds: number): boolean {
    if (this.#runner.contentRules().length === 0) {
      return false;
    }
    const end = performance.now() + milliseconds;
    for (let group = this.#open.next(); group !== undefined; group = this.#open.next()) {
      if (this.#callsRead >= maxCallsRead) {
        this.#say(group);
        return false;
      }
      this.#read(group, end);
      if (performance.now() >= end) {
        return true;
      }
    }
    return false;
  }

  #isDone(group: TraceGroup): boolean {
    const pass = this.#passes.get(group);
    return pass?.version === group.version && pass.next >= group.heads.size;
  }

  /** Looks at the calls of a trace, at least one, until the time is over; the next slice goes on where this one ended. */
  #read(group: TraceGroup, end: number): void {
    const pass = this.#passes.get(group) ?? newPass(group);
    this.#passes.set(group, pass);
    this.#goBack(pass);
    const members = this.#core.traces.spansOf(group);
    const traceSpans = this.#core.traces.bareSpansOf(group);
    const all = this.#runner.contentRules();
    do {
      pass.found.push(...this.#check(members, pass.next++, traceSpans, all));
    } while (pass.next < members.length && performance.now() < end);
    if (pass.next < members.length) {
      return;
    }
    this.#recent.clear();
    this.#say(group);
  }

  #say(group: TraceGroup): void {
    const pass = this.#passes.get(group);
    if (pass && !areSame(pass.said, pass.found)) {
      pass.said = [...pass.found];
      if (pass.said.length > 0) {
        this.#said.add(group);
      } else {
        this.#said.delete(group);
      }
      this.#onDidFind();
    }
  }

  /** To the first span that is another one than it was. */
  #goBack(pass: Pass): void {
    const { version } = pass.group;
    if (pass.version === version) {
      return;
    }
    pass.next = Math.min(pass.next, this.#core.traces.sameSince(pass.group, pass.version));
    const rest = pass.found.findIndex(({ place }) => place >= pass.next);
    pass.found.length = rest < 0 ? pass.found.length : rest;
    pass.version = version;
  }

  #check(
    members: readonly HeadedSpan[],
    place: number,
    traceSpans: readonly Span[],
    all: readonly ContentRule[],
  ): readonly PlacedFound[] {
    const { head, span } = members[place] ?? {};
    const rules = span === undefined ? [] : rulesFor(span, all);
    if (head === undefined || span === undefined || rules.length === 0) {
      return [];
    }
    this.#callsRead++;
    const context = this.#contextOf(head, traceSpans, members, place);
    return rules
      .filter(rule => this.#runner.checkContent(rule, span, context))
      .map(rule => ({ head, category: rule.id, rule, place }));
  }

  /** `members`: the spans of the trace with their heads, and `place` where this one stands, where many of them are looked at. */
  #contextOf(
    head: number,
    traceSpans: readonly Span[],
    members: readonly HeadedSpan[] = [],
    place = 0,
  ): ContentContext {
    return {
      traceSpans,
      content: this.#contentOf(head) ?? nothing,
      previous: () => this.#callBefore(head),
      contentOf: span => {
        const other = headBefore(members, place, span) ?? this.#core.findSpan(span.key);
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

function newPass(group: TraceGroup): Pass {
  return { group, version: 0, next: 0, found: [], said: [] };
}

function areSame(some: readonly Found[], others: readonly Found[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ head, rule }, at) => head === others[at]?.head && rule === others[at].rule)
  );
}

/** The head of a span that stands not far before this place. */
function headBefore(members: readonly HeadedSpan[], place: number, span: Span): number | undefined {
  for (let at = place; at >= Math.max(0, place - maxBefore); at--) {
    const member = members[at];
    if (member?.span === span) {
      return member.head;
    }
  }
  return undefined;
}

function rulesFor(span: Span, rules: readonly ContentRule[]): readonly ContentRule[] {
  if (isCall(span)) {
    return rules;
  }
  return span.kind === 'tool' ? rules.filter(rule => rule.looksAtTools) : [];
}
