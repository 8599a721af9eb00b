import { LRUCache } from 'lru-cache';
import type { Group, GroupBy, TracePage, TracePlace } from '../../protocol/engineContract';
import { maxPage, type Page } from '../../protocol/page';
import type { EngineCore } from '../core';
import type { TraceGroup } from '../grouping/traceGroup';
import { Slice } from '../slice';
import { type Filtering, isAll } from './filtering';
import { boundedRange, type Range, toPage } from './paging';
import { PlainShares } from './plainShares';
import { Tally, type GroupedTraces, type RealGroupBy } from './traceGroups';
import { TraceShares } from './traceShares';

const maxRounds = 3; // of looking at long traces that change meanwhile
const maxGroupings = 4; // kept, to be brought up to date when something changes

/** A list of traces. */
interface Listed {
  readonly groupBy?: GroupBy | undefined;
  readonly group?: string | undefined;
  readonly filter?: string | undefined;
}

/** Which of them are wanted. */
interface Wanted extends Listed, Range {
  /** The list begins with the trace of this key, if that is in it. */
  readonly from?: string | undefined;
}

interface Grouped {
  readonly revision: number;
  /** Of what the filter had found. */
  readonly filterVersion: number;
  readonly groups: ReadonlyMap<string, GroupedTraces>;
  readonly shares: TraceShares;
}

const noGroups: ReadonlyMap<string, GroupedTraces> = new Map();

/** Lists of traces and of what they are grouped by. */
export class TraceQueries {
  readonly #core: EngineCore;
  readonly #plain: PlainShares;
  readonly #filtering: Filtering;
  readonly #known = new LRUCache<string, Grouped>({ max: maxGroupings });

  constructor(core: EngineCore, filtering: Filtering) {
    this.#core = core;
    this.#plain = new PlainShares(core);
    this.#filtering = filtering;
  }

  /** As soon as the rows can be had in a moment. */
  async whenListed(params: Wanted): Promise<TracePage> {
    const { traces } = this.#core;
    return traces.whenListed(this.#page(params).items, () => this.listTraces(params));
  }

  listTraces(params: Wanted): TracePage {
    const list = this.#core.traces;
    const { items, ...page } = this.#page(params);
    return { ...page, items: items.map(trace => list.traceOf(trace)) };
  }

  #page({ from, start, end, ...listed }: Wanted): Page<TraceGroup> & { readonly newer: number } {
    const first = from === undefined ? undefined : this.#core.trace(from);
    const newer = first === undefined ? 0 : Math.max(0, this.#tracesOf(listed).indexOf(first));
    const range = { start: start + newer, end: end + newer };
    const { total, items } = isOfAll(listed)
      ? this.#pageOfAll(range)
      : toPage(this.#tracesOf(listed), range, trace => trace);
    return { total: total - newer, items, newer };
  }

  /** They need not be put in order for that, but for the page. */
  #pageOfAll(range: Range): Page<TraceGroup> {
    const list = this.#core.traces;
    const { start, end } = boundedRange(range);
    return { total: list.count, items: list.page(start, end) };
  }

  #tracesOf({ groupBy = 'trace', group, filter = '' }: Listed): readonly TraceGroup[] {
    return groupBy === 'trace' || group === undefined
      ? this.#filtering.traces(filter)
      : (this.#groups(groupBy, filter).get(group)?.traces ?? []);
  }

  listGroups({
    groupBy,
    filter = '',
    ...range
  }: Range & { readonly groupBy: GroupBy; readonly filter?: string | undefined }): Page<Group> {
    return toPage(this.#sorted(groupBy, filter), range, ({ group }) => group);
  }

  /** The first place of a trace in the lists; null: it is in none. */
  findPlace({
    traceKey,
    groupBy,
    filter = '',
  }: {
    readonly traceKey: string;
    readonly groupBy: GroupBy;
    readonly filter?: string | undefined;
  }): TracePlace | null {
    const trace = this.#core.trace(traceKey);
    if (trace === undefined) {
      return null;
    }
    if (groupBy === 'trace') {
      const index = this.#tracesOf({ filter }).indexOf(trace);
      return index < 0 ? null : { index };
    }
    for (const [at, { group, traces }] of this.#sorted(groupBy, filter).entries()) {
      const index = traces.indexOf(trace);
      if (index >= 0) {
        return { group: { id: group.id, label: group.label, index: at }, index };
      }
    }
    return null;
  }

  #sorted(groupBy: GroupBy, filter: string): readonly GroupedTraces[] {
    return [...this.#groups(groupBy, filter).values()].toSorted(latestFirst);
  }

  /** Keys of the spans of a trace that a filter lets through, in time order. */
  async listMatches(traceKey: string, filter: string): Promise<readonly string[]> {
    const group = this.#core.trace(traceKey);
    return this.#core.traces.whenRead(group ? [group] : [], () =>
      this.#matchesIn(this.#core.trace(traceKey), filter),
    );
  }

  #matchesIn(group: TraceGroup | undefined, filter: string): readonly string[] {
    if (group === undefined) {
      return [];
    }
    const heads = new Set(this.#filtering.headsOf(group, filter));
    const matching = this.#core.traces.spansOf(group).filter(({ head }) => heads.has(head));
    return matching.slice(0, maxPage).map(({ span }) => span.key);
  }

  /**
   * Works out what each trace adds to its groups, of which there may be a hundred thousand, without keeping the thread from other work. What comes
   * meanwhile is left to who asks for the groups.
   */
  async prepare(groupBy: GroupBy, filter = ''): Promise<void> {
    if (groupBy === 'trace' || this.#isGrouped(groupBy, filter)) {
      return;
    }
    const { shares } = this.#groupingOf(groupBy, filter);
    const slice = new Slice();
    const long: TraceGroup[] = [];
    for (const trace of this.#filtering.traces(filter)) {
      if (shares.isShort(trace)) {
        shares.of(trace);
      } else {
        long.push(trace);
      }
      if (slice.isOver) {
        await slice.rest();
      }
    }
    for (let round = 0; round < maxRounds; round++) {
      for (const trace of long) {
        await shares.prepare(trace, slice);
      }
    }
  }

  #groups(groupBy: GroupBy, filter: string): ReadonlyMap<string, GroupedTraces> {
    if (groupBy === 'trace') {
      return noGroups;
    }
    const before = this.#groupingOf(groupBy, filter);
    if (this.#isGrouped(groupBy, filter)) {
      return before.groups;
    }
    const { shares } = before;
    const tallies = new Map<string, Tally>();
    for (const trace of this.#filtering.traces(filter)) {
      for (const [id, share] of shares.of(trace)) {
        const tally = tallies.get(id) ?? new Tally();
        tallies.set(id, tally);
        tally.add(trace, share);
      }
    }
    const groups = new Map(
      [...tallies].map(([id, tally]) => {
        const group = tally.toGroup(id, this.#labelOf(groupBy, id));
        return [id, { group, traces: tally.traces }];
      }),
    );
    const { revision } = this.#core;
    const filterVersion = this.#filtering.versionOf(filter);
    this.#known.set(keyOf(groupBy, filter), { revision, filterVersion, groups, shares });
    return groups;
  }

  #isGrouped(groupBy: RealGroupBy, filter: string): boolean {
    const known = this.#known.get(keyOf(groupBy, filter));
    return (
      known?.revision === this.#core.revision &&
      known.filterVersion === this.#filtering.versionOf(filter)
    );
  }

  /** As it was made last. */
  #groupingOf(groupBy: RealGroupBy, filter: string): Grouped {
    const key = keyOf(groupBy, filter);
    const known = this.#known.get(key) ?? {
      revision: -1,
      filterVersion: -1,
      groups: noGroups,
      shares: new TraceShares(this.#core, this.#plain, this.#filtering, groupBy, filter),
    };
    this.#known.set(key, known);
    return known;
  }

  #labelOf(groupBy: RealGroupBy, id: string): string {
    if (groupBy === 'file') {
      return this.#core.store.file(id)?.name ?? id;
    }
    const nameless = { session: 'No session', model: 'Unknown model', day: 'No time' };
    return id === '' ? nameless[groupBy] : id;
  }
}

function isOfAll({ groupBy = 'trace', group, filter = '' }: Listed): boolean {
  return (groupBy === 'trace' || group === undefined) && isAll(filter);
}

function keyOf(groupBy: RealGroupBy, filter: string): string {
  return `${groupBy} ${filter}`;
}

function latestFirst({ group: one }: GroupedTraces, { group: other }: GroupedTraces): number {
  const first = one.latestTime ?? Number.NEGATIVE_INFINITY;
  const second = other.latestTime ?? Number.NEGATIVE_INFINITY;
  if (first !== second) {
    return second - first;
  }
  return one.label < other.label ? -1 : 1;
}
