import type { EngineCore } from '../core';
import { parseFilter, type Filter } from '../filter';
import type { TraceGroup } from '../grouping/traceGroup';
import type { ContentSearch } from '../search/contentSearch';
import type { TermSearch } from '../search/termSearch';
import { Slice } from '../slice';
import { NestedCalls } from '../summaries/nestedCalls';
import { noHeads, TraceLook, type TraceMatches } from './traceLook';
import { newestFirst, type PlacedTrace } from './placedTrace';

const firstRestMs = 25; // before all spans are looked at, while bodies are searched: what is found there is given out before
const restMs = 8; // between two slices of that

/** Numbers of states: no two are the same, whatever run they are of. */
let lastVersion = 0;

interface Waiting {
  /** Of the data, when it was asked. */
  readonly revision: number;
  readonly resolve: () => void;
}

/** One filter over all traces: works in slices, knows at any time what it has found so far, and follows the data when asked. */
export class FilterRun {
  readonly filter: Filter;
  /** Goes up when what has been found is another. */
  version = ++lastVersion;
  readonly #core: EngineCore;
  readonly #nested: NestedCalls;
  readonly #search: ContentSearch;
  readonly #onDidFind: () => void;
  readonly #terms: ReadonlyMap<string, TermSearch>;
  readonly #known = new Map<TraceGroup, TraceMatches>();
  /** Traces in whose bodies something was found since they were looked at. */
  readonly #news = new Set<TraceGroup>();
  /** Traces with a matching span: those in the order of the list, and those that are still to be put into it. */
  #order: readonly PlacedTrace[] = [];
  readonly #unordered = new Set<TraceGroup>();
  #traces: readonly TraceGroup[] = [];
  #tracesOf = -1;
  #calls = 0;
  #ofCalls = 0;
  #working: Promise<void> | undefined;
  #startTime = 0;
  #isStopped = false;
  /** Part of the traces that have been looked at, 0..1. */
  #looked = 0;
  /** Of the data, when all of it had been looked at. */
  #settledRevision = -1;
  #waiting: readonly Waiting[] = [];
  #wake = (): void => {};
  #found: readonly (() => void)[] = [];

  constructor(text: string, core: EngineCore, search: ContentSearch, onDidFind: () => void) {
    this.filter = parseFilter(text);
    this.#core = core;
    this.#nested = new NestedCalls(core.store, core.membership, core.reader);
    this.#search = search;
    this.#onDidFind = onDidFind;
    const terms = this.filter.ok ? this.filter.textTerms : [];
    this.#terms = new Map(terms.map(term => [term, search.term(term)]));
  }

  /** Resolves when all that is there now has been looked at, or the run is stopped. */
  settle(): Promise<void> {
    const { revision } = this.#core;
    this.#isStopped = false;
    if (this.#settledRevision === revision && this.#news.size === 0) {
      return Promise.resolve();
    }
    this.#search.want([...this.#terms.values()]);
    return new Promise(resolve => {
      this.#waiting = [...this.#waiting, { revision, resolve }];
      this.#working ??= this.#work();
    });
  }

  /** Ends the work at once; what was found is kept. */
  stop(): void {
    this.#isStopped = true;
    for (const term of this.#terms.values()) {
      this.#search.stop(term);
    }
    this.#wake();
  }

  /** Resolves when what has been found is another than at that version, or the work has ended. */
  foundSince(version: number): Promise<void> {
    return this.version > version || !this.isWorking
      ? Promise.resolve()
      : new Promise(resolve => {
          this.#found = [...this.#found, resolve];
        });
  }

  /** It has been at its end once: what is new since is little. */
  get wasSettled(): boolean {
    return this.#settledRevision >= 0;
  }

  get isWorking(): boolean {
    return this.#working !== undefined;
  }

  /** How long it has been at work, ms. */
  get workedMs(): number {
    return this.isWorking ? performance.now() - this.#startTime : 0;
  }

  /** 0..1, of the bodies that are searched, and of the traces that are looked at; undefined when it is not at work. */
  get searching(): number | undefined {
    const bodies = [...this.#terms.values()].map(term => term.progress);
    return this.isWorking ? Math.min(...bodies, this.#looked) : undefined;
  }

  uses(term: TermSearch): boolean {
    return [...this.#terms.values()].includes(term);
  }

  /** A text may be in the bodies of these spans; or the search has come further. */
  take(heads: readonly number[]): void {
    for (const head of heads) {
      const group = this.#core.traceOfSpan(head);
      if (group) {
        this.#news.add(group);
      }
    }
    this.#wake();
  }

  /** Traces with a matching span, newest first, as far as they are known. */
  traces(): readonly TraceGroup[] {
    // both only go up
    const state = this.version + this.#core.revision;
    if (this.#tracesOf !== state) {
      this.#tracesOf = state;
      const fresh = [...this.#unordered].map(group => this.#entryOf(group));
      const before = this.#order.filter(({ group }) => !this.#unordered.has(group));
      this.#unordered.clear();
      // most are in order already, which the sort of V8 makes use of
      this.#order = [...before, ...fresh]
        .filter(({ group }) => this.headsOf(group).length > 0 && this.#isThere(group))
        .toSorted(newestFirst);
      this.#traces = this.#order.map(({ group }) => group);
    }
    return this.#traces;
  }

  /** Spans that are no more are not among them, though the trace may not have been looked at since. */
  headsOf(group: TraceGroup): readonly number[] {
    this.#core.refresh();
    const { version, heads = noHeads } = this.#known.get(group) ?? {};
    return version === group.version
      ? heads
      : heads.filter(head => this.#core.traceOfSpan(head) === group);
  }

  /** Calls that are let through, of how many. */
  get counts(): { readonly calls: number; readonly ofCalls: number } {
    return { calls: this.#calls, ofCalls: this.#ofCalls };
  }

  async #work(): Promise<void> {
    this.#startTime = performance.now();
    while (this.#waiting.length > 0 && !this.#isStopped) {
      const { revision } = this.#core;
      await this.#cycle();
      this.#settledRevision = this.#isStopped ? this.#settledRevision : revision;
      this.#resolve(waiting => waiting.revision <= revision);
    }
    this.#working = undefined;
    this.#resolve(() => true);
    this.#tellFound();
  }

  #tellFound(): void {
    const listeners = this.#found;
    this.#found = [];
    listeners.forEach(resolve => resolve());
    this.#onDidFind();
  }

  #resolve(isDone: (waiting: Waiting) => boolean): void {
    const done = this.#waiting.filter(isDone);
    this.#waiting = this.#waiting.filter(waiting => !isDone(waiting));
    done.forEach(({ resolve }) => resolve());
  }

  /** Looks once at everything that has changed. */
  async #cycle(): Promise<void> {
    const slice = new Slice();
    const terms = [...this.#terms.values()];
    this.#looked = 0;
    this.#search.want(terms);
    await this.#rest(slice, terms, firstRestMs);
    await this.#lookAtNews(slice);
    await slice.rest();
    const groups = this.#core.traces.groups();
    for (const [at, group] of groups.entries()) {
      this.#looked = at / groups.length;
      if (this.#known.get(group)?.version !== group.version) {
        await this.#look(group, slice);
      }
      if (slice.isOver) {
        await this.#rest(slice, terms, restMs);
        this.#onDidFind();
        await this.#lookAtNews(slice);
      }
      if (this.#isStopped) {
        return;
      }
    }
    this.#looked = 1;
    this.#forgetGone(groups.length);
    await this.#lookAtNews(slice);
    while (terms.some(term => !term.isSettled) && !this.#isStopped) {
      const woken = new Promise<void>(resolve => (this.#wake = resolve));
      this.#search.resume(terms);
      await woken;
      this.#onDidFind();
      await this.#lookAtNews(slice);
    }
    if (this.filter.ok && this.filter.excludesText) {
      await this.#lookAtOpen(slice);
    }
  }

  /** Where bodies are searched, whoever does that has the cores for so long: what somebody looks for is in them as a rule. */
  #rest(slice: Slice, terms: readonly TermSearch[], milliseconds: number): Promise<void> {
    return terms.some(term => term.isPending) ? slice.restFor(milliseconds) : slice.rest();
  }

  async #lookAtNews(slice: Slice): Promise<void> {
    for (const group of this.#news) {
      this.#news.delete(group);
      await this.#look(group, slice);
      if (slice.isOver) {
        await slice.rest();
      }
      if (this.#isStopped) {
        return;
      }
    }
  }

  async #lookAtOpen(slice: Slice): Promise<void> {
    for (const [group, { isOpen }] of this.#known) {
      if (isOpen && !this.#isStopped) {
        await this.#look(group, slice);
      }
      if (slice.isOver) {
        await slice.rest();
      }
    }
  }

  /** Looks at one trace; at a long one in several slices, and not to its end when it changes meanwhile. */
  async #look(group: TraceGroup, slice: Slice): Promise<void> {
    const look = new TraceLook(group, this.#core, this.filter, this.#terms);
    if (await look.finish(slice, this.#nested, () => this.#isStopped)) {
      this.#put(group, look.matches());
    }
  }

  #put(group: TraceGroup, found: TraceMatches): void {
    const before = this.#known.get(group);
    this.#known.set(group, found);
    this.#calls += found.calls - (before?.calls ?? 0);
    this.#ofCalls += found.ofCalls - (before?.ofCalls ?? 0);
    const isSame =
      before?.startTime === found.startTime && before.heads.join() === found.heads.join();
    if (!isSame && (found.heads.length > 0 || (before?.heads.length ?? 0) > 0)) {
      this.#unordered.add(group);
      this.version = ++lastVersion;
      this.#tellFound();
    }
  }

  /** Traces that are no more. */
  #forgetGone(groups: number): void {
    if (this.#known.size <= groups) {
      return;
    }
    for (const [group, { calls, ofCalls }] of this.#known) {
      if (!this.#isThere(group)) {
        this.#known.delete(group);
        this.#calls -= calls;
        this.#ofCalls -= ofCalls;
        this.version = ++lastVersion;
      }
    }
  }

  #isThere(group: TraceGroup): boolean {
    return this.#core.trace(group.key) === group;
  }

  #entryOf(group: TraceGroup): PlacedTrace {
    return { group, startTime: this.#known.get(group)?.startTime ?? Number.NEGATIVE_INFINITY };
  }
}
