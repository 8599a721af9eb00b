import { finish, type Steps, stepSize } from '../../analysis/steps';
import type { Span } from '../../model/span';
import type { TraceGroup } from '../grouping/traceGroup';
import type { TraceMembership } from '../grouping/traceMembership';
import type { TraceWatch } from '../grouping/traceWatch';
import { lowerBound } from '../store/lowerBound';
import type { SpanStore } from '../store/spanStore';
import { GrowingDigest } from './growingDigest';
import type { GrowthBounds } from './growthBounds';
import { Newcomers } from './newcomers';
import { SameSpans } from './sameSpans';
import type { SpanReader } from './spanReader';
import type { TraceDigest } from './traceDigest';
import { compareStarts } from './traceSummary';

/** A span and the row that it is known by. */
export interface HeadedSpan {
  readonly head: number;
  readonly span: Span;
}

export interface SpanSources {
  readonly store: SpanStore;
  readonly membership: TraceMembership;
  readonly reader: SpanReader;
  readonly bounds: GrowthBounds;
}

/** In which its spans are read and added up, in the worst case: calls around calls that are far from each other. */
const maxStepsOfEach = 32;

/** What is wanted of a trace: its spans alone, or also what they say together. */
export type Wanted = 'spans' | 'digest';

/**
 * The spans of one trace in time order. When it has changed, only those are read that are other ones; its lists are new ones then, if anybody has the
 * old ones. Whoever can wait has it worked out step by step; whoever asks meanwhile does the rest of that at once.
 */
export class TraceSpans {
  readonly group: TraceGroup;
  readonly #sources: SpanSources;
  readonly #growing: GrowingDigest;
  #version = -1;
  #watch: TraceWatch | undefined;
  #headed: HeadedSpan[] = [];
  #spans: Span[] = [];
  /** Somebody has these lists, and goes on with them. */
  #areGiven = false;
  #digest: TraceDigest | undefined;
  /** How many of the first spans are those that the last digest was made of. */
  #same = 0;
  readonly #sameSpans = new SameSpans();
  /** Work that was begun. */
  #reading: Steps | undefined;
  #adding: Steps | undefined;

  constructor(group: TraceGroup, sources: SpanSources) {
    this.group = group;
    this.#sources = sources;
    this.#growing = new GrowingDigest(sources.bounds);
  }

  get size(): number {
    return this.#headed.length;
  }

  /** Whether its spans stay the same objects when others come. */
  get isWatched(): boolean {
    return this.#watch !== undefined;
  }

  /** The first of the list, so many. */
  first(count: number): readonly Span[] {
    this.#finishReading();
    return this.#spans.slice(0, count);
  }

  get headed(): readonly HeadedSpan[] {
    this.#finishReading();
    this.#areGiven = true;
    return this.#headed;
  }

  /** The same without the rows. */
  get spans(): readonly Span[] {
    this.#finishReading();
    this.#areGiven = true;
    return this.#spans;
  }

  /** How many of the first spans are the same as when the trace had this version. */
  sameSince(version: number): number {
    this.#finishReading();
    return Math.min(this.#sameSpans.since(version), this.#headed.length);
  }

  /** All that they say together. */
  get digest(): TraceDigest {
    this.#finishReading();
    while (!this.#digest) {
      finish(this.#takeAdding());
    }
    return this.#digest;
  }

  /** All that has to be done for what is wanted. One that grows faster than that, or changes all the time, is not waited for. */
  *untilReady(wanted: Wanted): Steps {
    const { size } = this.group.heads;
    const most = maxStepsOfEach * Math.ceil(size / stepSize);
    for (let at = 0; at < most && this.group.heads.size <= 2 * size; at++) {
      if (!this.#step(wanted)) {
        return;
      }
      yield;
    }
  }

  /** Does one step; false: there is nothing to do. The trace may change before the next one. */
  #step(wanted: Wanted): boolean {
    const isAdding = this.#adding !== undefined && wanted === 'digest';
    if (this.group.version !== this.#version && !isAdding) {
      const reading = this.#takeReading();
      this.#reading = reading.next().done === true ? undefined : reading;
      return true;
    }
    if (isAdding || (wanted === 'digest' && !this.#digest)) {
      const adding = this.#takeAdding();
      const isDone = adding.next().done === true;
      this.#adding = isDone ? undefined : adding;
      // it goes on with the list as it is
      this.#areGiven ||= !isDone;
      return true;
    }
    return false;
  }

  /** Nobody asks any more. */
  dispose(): void {
    if (this.#watch) {
      this.#sources.membership.unwatch(this.#watch);
      this.#watch = undefined;
    }
  }

  #finishReading(): void {
    while (this.group.version !== this.#version) {
      finish(this.#takeReading());
    }
  }

  /** Whatever goes wrong in it, the next question begins anew. */
  #takeReading(): Steps {
    const reading = this.#reading ?? this.#read();
    this.#reading = undefined;
    return reading;
  }

  #takeAdding(): Steps {
    const adding = this.#adding ?? this.#addUp();
    this.#adding = undefined;
    return adding;
  }

  *#addUp(): Steps {
    const version = this.#version;
    const same = this.#same;
    this.#same = this.#spans.length;
    const digest = yield* this.#growing.of(this.#spans, same);
    if (this.#version === version) {
      this.#digest = digest;
    }
  }

  *#read(): Steps {
    const { membership, bounds } = this.#sources;
    let come = new Newcomers(this.#compare);
    let isAnew = false;
    while (this.group.heads.size >= bounds.watched) {
      const { version } = this.group;
      isAnew ||= this.#watch === undefined;
      const watch = (this.#watch ??= this.#watchFromStart());
      const news = membership.takeNews(watch, stepSize);
      if (!news) {
        this.dispose();
        come = new Newcomers(this.#compare);
        continue;
      }
      come.take(news, this.#readOne);
      const areAllThere = news.added.length < stepSize;
      if (areAllThere && come.areNearlySorted) {
        this.#version = version;
        this.#takeIn(come, isAnew);
        return;
      }
      yield;
      if (areAllThere) {
        yield* come.sort();
      }
    }
    this.dispose();
    this.#version = this.group.version;
    this.#replace(0, [...this.group.heads].map(this.#readOne).toSorted(this.#compare));
  }

  #watchFromStart(): TraceWatch {
    const { membership } = this.#sources;
    const [first = 0] = this.group.heads;
    return membership.watchFromStart(membership.numberOf(first));
  }

  /** Other spans from this place on. */
  #replace(from: number, tail: readonly HeadedSpan[]): void {
    if (this.#areGiven) {
      this.#areGiven = false;
      this.#headed = this.#headed.slice(0, from);
      this.#spans = this.#spans.slice(0, from);
    }
    this.#headed.length = from;
    this.#spans.length = from;
    for (const headed of tail) {
      this.#headed.push(headed);
      this.#spans.push(headed.span);
    }
    this.#digest = undefined;
    this.#same = Math.min(this.#same, from);
    this.#sameSpans.note(this.#version, from);
  }

  /** `isAnew`: they are all that there is. */
  #takeIn(newcomers: Newcomers, isAnew: boolean): void {
    const come = newcomers.sorted();
    const { left } = newcomers;
    const stay = isAnew ? 0 : this.#placeOfFirst(left);
    const [earliest] = come;
    const from =
      earliest === undefined
        ? stay
        : lowerBound(stay, at => this.#compare(this.#headed[at] ?? earliest, earliest) >= 0);
    const behind = isAnew ? [] : this.#headed.slice(from).filter(({ head }) => !left.has(head));
    this.#replace(from, behind.length === 0 ? come : [...behind, ...come].toSorted(this.#compare));
  }

  /** Where the first of these spans stands; they are near the end, as a rule. */
  #placeOfFirst(heads: ReadonlySet<number>): number {
    let place = this.#headed.length;
    let found = 0;
    for (let at = place - 1; at >= 0 && found < heads.size; at--) {
      if (heads.has(this.#headed[at]?.head ?? -1)) {
        place = at;
        found++;
      }
    }
    return place;
  }

  readonly #readOne = (head: number): HeadedSpan => ({
    head,
    span: this.#sources.reader.read(head),
  });

  readonly #compare = (one: HeadedSpan, other: HeadedSpan): number =>
    compareHeaded(one, other, this.#sources.store);
}

/** The spans of a trace in the same order to look at them now: see `SpanReader.glance`. */
export function glanceAt(group: TraceGroup, { reader, store }: SpanSources): readonly HeadedSpan[] {
  const headed = Array.from(group.heads, head => ({ head, span: reader.glance(head) }));
  return headed.sort((one, other) => compareHeaded(one, other, store));
}

/** By start, those without one last; else in file order. */
function compareHeaded(one: HeadedSpan, other: HeadedSpan, store: SpanStore): number {
  return compareStarts(one.span, other.span) || store.compareRows(one.head, other.head);
}
