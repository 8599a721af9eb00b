import type { EngineCore } from '../core';
import type { TraceGroup } from '../grouping/traceGroup';
import { BackgroundWork, type Duties } from './backgroundWork';
import type { Found } from './found';
import { LongTraces } from './longTraces';
import { OpenTraces } from './openTraces';
import type { RuleRunner } from './ruleRunner';
import { manySpans, TraceCheck } from './traceCheck';

/** Traces that are looked at when somebody asks, and how long more of them are; the others have their turn in the background. Milliseconds. */
const askedTraces = 500;
const askedMs = 30;
const tellEveryMs = 2000; // that more is known

const nothing: readonly Found[] = [];

/**
 * What the error classifier and the rules over summaries say of a trace, kept until the trace is another one. Of very many traces it is found
 * out in the background, and so it is of a trace of very many spans: until then, of a trace that is new nothing is said, and of one that has changed what was said before.
 */
export class TraceFindings {
  readonly #core: EngineCore;
  readonly #runner: RuleRunner;
  /** Versions of traces that were looked at. */
  #known = new WeakMap<TraceGroup, number>();
  /** Of most traces there is nothing to say. */
  readonly #found = new Map<TraceGroup, readonly Found[]>();
  readonly #onDidFind: () => void;
  readonly #open: OpenTraces;
  readonly #background: BackgroundWork;
  readonly #long: LongTraces;
  #toldTime = 0;

  constructor(core: EngineCore, runner: RuleRunner, onDidFind: () => void, duties: Duties) {
    this.#core = core;
    this.#runner = runner;
    this.#onDidFind = onDidFind;
    this.#open = new OpenTraces(
      () => core.traces.groups(),
      group => this.#isKnown(group),
      () => core.revision,
    );
    this.#long = new LongTraces(
      group => this.#beginLong(group),
      check => {
        this.#keep(check);
        this.#tell();
      },
      duties,
    );
    this.#background = new BackgroundWork(milliseconds => this.#findAndTell(milliseconds), duties);
  }

  forget(): void {
    this.#known = new WeakMap();
    this.#found.clear();
    this.#open.forget();
    this.#long.forget();
  }

  dispose(): void {
    this.#background.dispose();
    this.#long.dispose();
  }

  /** 0..1: so many of the traces have been looked at; those of very many spans count as such when their turn is to come. */
  get share(): number {
    return this.#open.share;
  }

  /** Of one trace, as far as known. */
  of(group: TraceGroup): readonly Found[] {
    return this.#found.get(group) ?? nothing;
  }

  /** Of all traces of which there is anything to say, in no order, as far as known: more of it now that somebody asks. */
  all(): ReadonlyMap<TraceGroup, readonly Found[]> {
    if (this.#findFor(askedMs, askedTraces)) {
      this.#background.wake();
    }
    for (const group of this.#found.keys()) {
      if (group.heads.size === 0) {
        this.#found.delete(group);
      }
    }
    return this.#found;
  }

  /** Finds out everything now. */
  finish(): void {
    this.#findFor(Number.POSITIVE_INFINITY);
    this.#long.finish();
  }

  /** Finds out more now. Returns whether there is more. */
  goOn(milliseconds: number): boolean {
    return this.#findFor(milliseconds) || this.#long.goOn(milliseconds);
  }

  #findAndTell(milliseconds: number): boolean {
    const isMore = this.#findFor(milliseconds);
    if (!isMore || performance.now() >= this.#toldTime + tellEveryMs) {
      this.#tell();
    }
    return isMore;
  }

  /** Looks at more traces, at least so many of them. Returns whether there are others. */
  #findFor(milliseconds: number, atLeast = 1): boolean {
    const end = performance.now() + milliseconds;
    let looked = 0;
    for (let group = this.#open.next(); group !== undefined; group = this.#open.next()) {
      if (looked >= atLeast && performance.now() >= end) {
        return true;
      }
      looked++;
      if (group.heads.size >= manySpans) {
        this.#long.add(group);
        this.#open.pass();
      } else {
        this.#find(group);
      }
    }
    return false;
  }

  #tell(): void {
    this.#toldTime = performance.now();
    this.#onDidFind();
  }

  #isKnown(group: TraceGroup): boolean {
    return this.#known.get(group) === group.version;
  }

  #find(group: TraceGroup): void {
    const members = this.#core.traces.glanceAt(group);
    const spans = members.map(({ span }) => span);
    const check = new TraceCheck(group, members, spans, this.#runner);
    check.goOn(Number.POSITIVE_INFINITY);
    this.#keep(check);
  }

  /** Others ask for the same lists. */
  #beginLong(group: TraceGroup): TraceCheck {
    const { traces } = this.#core;
    return new TraceCheck(group, traces.spansOf(group), traces.bareSpansOf(group), this.#runner);
  }

  #keep({ group, version, found }: TraceCheck): void {
    this.#known.set(group, version);
    if (found.length > 0) {
      this.#found.set(group, found);
    } else {
      this.#found.delete(group);
    }
  }
}
