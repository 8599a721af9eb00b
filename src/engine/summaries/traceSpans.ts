import type { Span } from '../../model/span';
import type { TraceGroup } from '../grouping/traceGroup';
import type { TraceMembership } from '../grouping/traceMembership';
import type { TraceNews, TraceWatch } from '../grouping/traceWatch';
import { lowerBound } from '../store/lowerBound';
import type { SpanStore } from '../store/spanStore';
import { GrowingDigest } from './growingDigest';
import type { GrowthBounds } from './growthBounds';
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

/**
 * The spans of one trace in time order. When it has changed, only those are read that are other ones; its lists are new ones then, if anybody has the
 * old ones.
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
    this.#refresh();
    return this.#spans.slice(0, count);
  }

  get headed(): readonly HeadedSpan[] {
    this.#refresh();
    this.#areGiven = true;
    return this.#headed;
  }

  /** The same without the rows. */
  get spans(): readonly Span[] {
    this.#refresh();
    this.#areGiven = true;
    return this.#spans;
  }

  /** How many of the first spans are the same as when the trace had this version. */
  sameSince(version: number): number {
    this.#refresh();
    return Math.min(this.#sameSpans.since(version), this.#headed.length);
  }

  /** All that they say together. */
  get digest(): TraceDigest {
    this.#refresh();
    if (!this.#digest) {
      this.#digest = this.#growing.of(this.#spans, this.#same);
      this.#same = this.#spans.length;
    }
    return this.#digest;
  }

  /** Nobody asks any more. */
  dispose(): void {
    if (this.#watch) {
      this.#sources.membership.unwatch(this.#watch);
    }
  }

  #refresh(): void {
    const { version } = this.group;
    if (version === this.#version) {
      return;
    }
    this.#version = version;
    const news = this.#takeNews();
    if (news) {
      this.#goOn(news);
    } else {
      this.#replace(0, [...this.group.heads].map(this.#read).toSorted(this.#compare));
    }
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

  /** undefined: all spans have to be read. */
  #takeNews(): TraceNews | undefined {
    const { membership, bounds } = this.#sources;
    const { size } = this.group.heads;
    const news = this.#watch && size >= bounds.watched && membership.takeNews(this.#watch);
    if (news) {
      return news;
    }
    this.dispose();
    const [first] = this.group.heads;
    this.#watch =
      first !== undefined && size >= bounds.watched
        ? membership.watch(membership.numberOf(first))
        : undefined;
    return undefined;
  }

  #goOn({ left, added }: TraceNews): void {
    const come = added.map(this.#read).toSorted(this.#compare);
    const stay = this.#placeOfFirst(left);
    const [earliest] = come;
    const from =
      earliest === undefined
        ? stay
        : lowerBound(stay, at => this.#compare(this.#headed[at] ?? earliest, earliest) >= 0);
    const behind = this.#headed.slice(from).filter(({ head }) => !left.has(head));
    this.#replace(from, [...behind, ...come].toSorted(this.#compare));
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

  readonly #read = (head: number): HeadedSpan => ({
    head,
    span: this.#sources.reader.read(head),
  });

  /** By start, those without one last; else in file order. */
  readonly #compare = (one: HeadedSpan, other: HeadedSpan): number =>
    compareStarts(one.span, other.span) || this.#sources.store.compareRows(one.head, other.head);
}
