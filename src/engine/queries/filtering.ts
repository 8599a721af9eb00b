import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { MatchCount } from '../../protocol/engineContract';
import type { EngineCore } from '../core';
import type { TraceGroup } from '../grouping/traceGroup';
import type { ContentSearch } from '../search/contentSearch';
import type { TermSearch } from '../search/termSearch';
import { FilterRun } from './filterRun';

const maxFilters = 8; // whose findings are kept, to be brought up to date when somebody asks
const tellEveryMs = 100;
const gatherMs = 30; // before what was found first is given out alone: in most logs all is found by then

/** Which traces and spans a filter lets through. A filter that cannot be read lets nothing through. */
export class Filtering {
  readonly #core: EngineCore;
  readonly #search: ContentSearch;
  readonly #runs: LRUCache<string, FilterRun>;
  readonly #onDidFind: (filter: string) => void;
  /** Filters of which somebody has a part of the answer. */
  readonly #open = new Set<string>();
  #telling: NodeJS.Timeout | undefined;
  readonly #toTell = new Set<string>();

  /** `onDidFind`: who was given a part of what this filter finds may ask for more, at most every 100 ms. */
  constructor(core: EngineCore, search: ContentSearch, onDidFind: (filter: string) => void) {
    this.#core = core;
    this.#search = search;
    this.#onDidFind = onDidFind;
    this.#runs = new LRUCache({ max: maxFilters, dispose: run => run.stop() });
  }

  /**
   * Brings what the filter finds up to date, without keeping the thread from other work. Resolves when that is done; with
   * `withinMs`, after that time at the latest, with what has been found by then.
   */
  async ready(text: string, withinMs?: number): Promise<void> {
    if (isAll(text)) {
      return;
    }
    const run = this.#runOf(text);
    const settled = run.settle();
    if (withinMs === undefined) {
      await settled;
      return;
    }
    if (!run.isWorking) {
      return;
    }
    const restMs = Math.max(0, withinMs - run.workedMs);
    const gathered = sleep(Math.min(gatherMs, restMs));
    const ends: Promise<unknown>[] = [settled, sleep(restMs)];
    if (!run.wasSettled) {
      ends.push(run.foundSince(run.version).then(() => gathered));
    }
    await Promise.race(ends);
    if (run.isWorking) {
      this.#open.add(text);
    }
  }

  /** Ends the search at once. */
  stop(text: string): void {
    this.#open.delete(text);
    const run = this.#runs.peek(text);
    run?.stop();
  }

  /** Told by the search: these spans may hold the text, or it has come further. */
  takeNews(term: TermSearch, heads: readonly number[]): void {
    for (const run of this.#runs.values()) {
      if (run.uses(term)) {
        run.take(heads);
      }
    }
  }

  /** Traces with a matching span, newest first, as far as known. */
  traces(text: string): readonly TraceGroup[] {
    return isAll(text) ? this.#core.traces.groups() : this.#runOf(text).traces();
  }

  /** Heads of the spans of a trace that the filter lets through, as far as known. */
  headsOf(trace: TraceGroup, text: string): Iterable<number> {
    return isAll(text) ? trace.heads : this.matchesOf(trace, text);
  }

  /** The same of a filter that does not let everything through. The same list again as long as the trace is as it was when it was looked at. */
  matchesOf(trace: TraceGroup, text: string): readonly number[] {
    return this.#runOf(text).headsOf(trace);
  }

  /** Goes up when the filter has found something else. */
  versionOf(text: string): number {
    return isAll(text) ? 0 : this.#runOf(text).version;
  }

  /** Calls that the filter lets through, as far as known, or what is wrong with it. */
  count(text: string): MatchCount {
    const run = this.#runOf(text);
    const counts = { ...run.counts, traces: run.traces().length, searching: run.searching };
    if (run.filter.ok) {
      return counts;
    }
    const { message, start, end } = run.filter;
    return { ...counts, problem: { message, start, end } };
  }

  dispose(): void {
    clearTimeout(this.#telling);
    this.#open.clear();
    this.#runs.clear();
  }

  #runOf(text: string): FilterRun {
    let run = this.#runs.get(text);
    if (run === undefined) {
      run = new FilterRun(text, this.#core, this.#search, () => this.#note(text));
      this.#runs.set(text, run);
    }
    return run;
  }

  #note(text: string): void {
    if (!this.#open.has(text)) {
      return;
    }
    this.#toTell.add(text);
    this.#telling ??= setTimeout(() => this.#tell(), tellEveryMs).unref();
  }

  #tell(): void {
    this.#telling = undefined;
    for (const text of this.#toTell) {
      if (this.#runs.peek(text)?.isWorking !== true) {
        this.#open.delete(text);
      }
      this.#onDidFind(text);
    }
    this.#toTell.clear();
  }
}

/** Whether a filter lets everything through. */
export function isAll(text: string): boolean {
  return text.trim() === '';
}
