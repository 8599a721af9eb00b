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

/**
 * What the error classifier and the rules over summaries say of a trace, kept until the trace is another one. Of very many traces it is found
 * out in the background, and so it is of a trace of very many spans: until then, of a trace that is new nothing is said, and of one that has changed what was said before.
 */
export class TraceFindings {
  readonly #core: EngineCore;
  readonly #runner: RuleRunner;
  #known = new WeakMap<
    TraceGroup,
    { readonly version: number; readonly found: readonly Found[] }
  >();
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
      group => this.#isKnown(group) || isLong(group),
    );
    this.#long = new LongTraces(
      group => this.#begin(group),
      check => {
        this.#keep(check);
        this.#tell();
      },
      duties,
    );
    this.#background = new BackgroundWork(milliseconds => this.#findFor(milliseconds), duties);
  }

  forget(): void {
    this.#known = new WeakMap();
    this.#open.forget();
    this.#long.forget();
  }

  dispose(): void {
    this.#background.dispose();
    this.#long.dispose();
  }

  /** Of all traces, as far as known. */
  *all(): Generator<readonly [TraceGroup, readonly Found[]]> {
    const end = performance.now() + askedMs;
    let looked = 0;
    let isAll = true;
    for (const group of this.#core.traces.groups()) {
      if (!this.#isKnown(group)) {
        if (isLong(group)) {
          this.#long.add(group);
        } else if (looked < askedTraces || performance.now() < end) {
          looked++;
          this.#find(group);
        } else {
          isAll = false;
        }
      }
      yield [group, this.#known.get(group)?.found ?? []];
    }
    if (!isAll) {
      this.#background.wake();
    }
  }

  /** Finds out everything now. */
  finish(): void {
    for (const group of this.#core.traces.groups()) {
      if (!this.#isKnown(group)) {
        this.#find(group);
      }
    }
  }

  /** Returns whether there is more. */
  #findFor(milliseconds: number): boolean {
    const end = performance.now() + milliseconds;
    for (let group = this.#open.next(); group !== undefined; group = this.#open.next()) {
      this.#find(group);
      if (performance.now() >= end) {
        if (performance.now() >= this.#toldTime + tellEveryMs) {
          this.#tell();
        }
        return true;
      }
    }
    this.#tell();
    return false;
  }

  #tell(): void {
    this.#toldTime = performance.now();
    this.#onDidFind();
  }

  #isKnown(group: TraceGroup): boolean {
    return this.#known.get(group)?.version === group.version;
  }

  #find(group: TraceGroup): void {
    const check = this.#begin(group);
    check.goOn(Number.POSITIVE_INFINITY);
    this.#keep(check);
  }

  #begin(group: TraceGroup): TraceCheck {
    const { traces } = this.#core;
    return new TraceCheck(group, traces.spansOf(group), traces.bareSpansOf(group), this.#runner);
  }

  #keep({ group, version, found }: TraceCheck): void {
    this.#known.set(group, { version, found });
  }
}

function isLong(group: TraceGroup): boolean {
  return group.heads.size >= manySpans;
}
