import type { TraceJoin } from '../../model/span';
import { type ReadableColumn, restoreColumns, saveColumns } from '../store/columns';
import type { NumberRun } from '../store/freeNumbers';
import type { LeavingRows } from '../store/leavingRows';
import { RowSet } from '../store/rowSet';
import type { SpanStore } from '../store/spanStore';
import { EndingTraces } from './endingTraces';
import { GivenNumbers } from './givenNumbers';
import { type MembershipState, traceColumns } from './traceColumns';
import { areFree, TraceFiller } from './traceFiller';
import type { TraceFacts, TraceFigures, TraceGroup } from './traceGroup';
import { TraceLinks } from './traceLinks';
import {
  kindNumber,
  kindOfNumber,
  parseTraceKey,
  traceKey,
  type TraceKind,
  type TraceName,
} from './traceName';
import { TraceNumbers } from './traceNumbers';
import { TraceViews } from './traceViews';
import { markWholeTraces } from './wholeTraces';
import { type TraceNews, type TraceWatch, TraceWatches } from './traceWatch';

const joins: readonly TraceJoin[] = ['alone', 'traceId', 'parent', 'session', 'inferred'];

/** Which span is in which trace, and why. Traces have numbers from 1, and there is an object only of those that somebody looks at. */
export class TraceMembership implements TraceFigures {
  readonly #store: SpanStore;
  readonly #columns = traceColumns();
  readonly #links = new TraceLinks(this.#columns);
  readonly #known = new TraceNumbers(
    number => TraceNumbers.hash(this.#columns.kind.get(number), this.#columns.id.get(number)),
    (number, kind, id) => this.#isNamed(number, kind, id) && !this.#ending.has(number),
  );
  readonly #views = new TraceViews(this);
  readonly #watches = new TraceWatches();
  #changed = new RowSet();
  /** Whether the first span of an inferred trace, by which it is called, has left. */
  #keysChanged = false;
  readonly #given = new GivenNumbers();
  readonly #ending = new EndingTraces(this.#columns, this.#known, this.#given);
  /** No span from here on was ever in a trace. */
  #endOfKnown = 0;
  /** How often changes were taken: nobody looks at a trace while it is being changed. */
  #changes = 1;
  /** The same when all were touched. */
  #touchedAll = 0;

  constructor(store: SpanStore) {
    this.#store = store;
  }

  save(): MembershipState {
    return {
      columns: saveColumns(this.#columns),
      known: this.#known.save(),
      ...this.#given.save(),
      changes: this.#changes,
    };
  }

  restore(state: MembershipState): void {
    restoreColumns(this.#columns, state.columns);
    this.#known.restore(state.known);
    this.#given.restore(state);
    this.#changes = state.changes;
    this.#endOfKnown = this.#store.table.rows;
  }

  assign(head: number, name: TraceName, join: TraceJoin): void {
    const before = this.#columns.traceOf.get(head);
    const joinNumber = joins.indexOf(join);
    if (before !== 0) {
      const isSame = this.#isNamed(before, kindNumber(name.kind), name.id);
      if (isSame && this.#columns.join.get(head) === joinNumber) {
        return;
      }
      this.remove(head);
    }
    const number = this.#find(name.kind, name.id) || this.#create(name);
    const size = this.#columns.size.get(number);
    this.#links.append(number, head, size === 0);
    this.#columns.size.set(number, size + 1);
    this.#columns.traceOf.set(head, number);
    this.#columns.join.set(head, joinNumber);
    this.#endOfKnown = Math.max(this.#endOfKnown, head + 1);
    this.#touch(number);
  }

  /**
   * For many spans that come with trace ids, `count` rows from `first` on, as `assign` does it one by one. Until it is finished nothing else
   * may be asked of this or changed. undefined: some of the rows are in a trace already.
   */
  fill(first: number, count: number): TraceFiller | undefined {
    if (first < this.#endOfKnown && !areFree(this.#columns, first, count)) {
      return undefined;
    }
    this.#endOfKnown = Math.max(this.#endOfKnown, first + count);
    return new TraceFiller(this.#columns, joins.indexOf('traceId'), id => {
      const number = this.#find('trace', id) || this.#create({ kind: 'trace', id, session: 0 });
      this.#touch(number);
      return number;
    });
  }

  /** These rows are in no use any more. */
  release(rows: readonly NumberRun[]): void {
    const { traceOf, join, before, after } = this.#columns;
    for (const { first, count } of rows) {
      [traceOf, join, before, after].forEach(column => column.unset(first, count));
    }
  }

  remove(head: number): void {
    const number = this.#columns.traceOf.get(head);
    if (number === 0) {
      return;
    }
    const before = this.#links.remove(number, head);
    this.#columns.traceOf.set(head, 0);
    const isNamedByIt = this.#isNamed(number, kindNumber('inferred'), head + 1);
    this.#keysChanged ||= isNamedByIt;
    if (isNamedByIt) {
      // its spans say the key of their trace
      this.#watches.lose(number);
    } else {
      this.#watches.noteLeft(number, head, before);
    }
    const size = this.#columns.size.get(number) - 1;
    if (size === 0) {
      this.#end(number);
    }
    this.#columns.size.set(number, size);
    this.#touch(number);
  }

  /**
   * Of rows that leave with their spans: nobody is told any more of traces that have no others, and those of all others are marked so that they leave
   * one by one. To be followed by `clear`.
   */
  hide(rows: LeavingRows): void {
    const { highest } = this.#given;
    const runs = markWholeTraces(rows, this.#store.spans, this.#columns, highest)
      // the longest first: it takes no memory in a set that begins with it
      .toSorted((one, other) => other.count - one.count);
    this.#ending.begin(runs);
    for (const { first, count } of runs) {
      this.#columns.size.unset(first, count);
      for (let number = first; number < first + count; number++) {
        this.#changed.add(number);
      }
    }
    this.#keysChanged ||= runs.length > 0;
    this.#watches.loseSome(this.#ending);
    this.#views.endSome(this.#ending);
  }

  /** Clears what is hidden, some at each step. */
  clear(): Generator<void> {
    return this.#ending.clear();
  }

  get(key: string): TraceGroup | undefined {
    const name = parseTraceKey(this.#store, key);
    const number = name === undefined ? 0 : this.#find(name.kind, name.id);
    return number === 0 ? undefined : this.view(number);
  }

  groupOf(head: number): TraceGroup | undefined {
    const number = this.#columns.traceOf.get(head);
    return number === 0 ? undefined : this.view(number);
  }

  /** Number of the trace of a span; 0 before it has one. */
  numberOf(head: number): number {
    return this.#columns.traceOf.get(head);
  }

  /** How the trace of a span is known. */
  nameOf(head: number): TraceName | undefined {
    const number = this.#columns.traceOf.get(head);
    return number === 0
      ? undefined
      : {
          kind: kindOfNumber(this.#columns.kind.get(number)),
          id: this.#columns.id.get(number),
          session: this.#columns.session.get(number),
        };
  }

  /** A span that nothing else joined is alone, whatever brought it there. */
  joinOf(head: number): TraceJoin {
    const join = joins[this.#columns.join.get(head)] ?? 'alone';
    return join === 'inferred' && this.#columns.size.get(this.#columns.traceOf.get(head)) === 1
      ? 'alone'
      : join;
  }

  /** Something that is derived from all spans is another one now: every trace has a new version. */
  touchAll(): void {
    this.#touchedAll = this.#changes++;
    this.#watches.loseAll();
  }

  /** For whoever has just looked at all spans of a trace. It is to be ended with `unwatch`. */
  watch(number: number): TraceWatch {
    return this.#watches.begin(number, this.#columns.last.get(number));
  }

  /** For whoever is going to look at all spans of a trace, which come as its news. */
  watchFromStart(number: number): TraceWatch {
    return this.#watches.begin(number, 0);
  }

  unwatch(watch: TraceWatch): void {
    this.#watches.end(watch);
  }

  /** What has changed since the last time of asking, with so many new spans at most; undefined: everything may have. */
  takeNews(watch: TraceWatch, most = Number.POSITIVE_INFINITY): TraceNews | undefined {
    if (watch.isLost) {
      return undefined;
    }
    const added: number[] = [];
    for (const head of this.#links.behind(watch.number, watch.last)) {
      if (added.length >= most) {
        break;
      }
      added.push(head);
    }
    const last = added.at(-1);
    return { left: watch.takeLeft(last === undefined ? watch.last : last + 1), added };
  }

  /** Numbers of all traces. */
  *numbers(): Generator<number> {
    for (let number = 1; number <= this.#given.highest; number++) {
      if (this.#columns.size.get(number) > 0) {
        yield number;
      }
    }
  }

  get count(): number {
    return this.#given.count - this.#ending.size;
  }

  /**
   * Numbers of the traces that are new, different or empty since the last time of asking. `areKeysKnown`: false when some of them were
   * called something that can no longer be said.
   */
  takeChanged(): { readonly numbers: Iterable<number>; readonly areKeysKnown: boolean } {
    const changed = { numbers: this.#changed, areKeysKnown: !this.#keysChanged };
    this.#changed = new RowSet();
    this.#changes++;
    this.#keysChanged = false;
    this.#given.freeReturned();
    return changed;
  }

  /** The trace as an object. */
  view(number: number): TraceGroup {
    return this.#views.of(number);
  }

  facts(number: number): TraceFacts {
    const kind = kindOfNumber(this.#columns.kind.get(number));
    const { strings } = this.#store;
    return {
      key: traceKey(this.#store, kind, this.#columns.id.get(number)),
      traceId: kind === 'trace' ? strings.text(this.#columns.id.get(number)) : undefined,
      sessionId: strings.text(this.#columns.session.get(number)),
    };
  }

  /** Number of its spans; 0 once it is gone. */
  size(number: number): number {
    return this.#columns.size.get(number);
  }

  version(number: number): number {
    return Math.max(this.#touchedAll, this.#columns.version.get(number));
  }

  /** The first span of a trace, plus one; 0 for none. The one behind it is in `after`, by the span. */
  firstOf(number: number): number {
    return this.#columns.first.get(number);
  }

  /** Of each span the one that came after it into its trace, plus one; 0 for none. */
  get after(): ReadableColumn {
    return this.#columns.after;
  }

  /** In the order in which they came. */
  headsOf(number: number): Generator<number> {
    return this.#links.behind(number, 0);
  }

  /** Marks the texts that traces are known by. */
  markTexts(): void {
    const { strings } = this.#store;
    for (const number of this.numbers()) {
      if (kindOfNumber(this.#columns.kind.get(number)) !== 'inferred') {
        strings.mark(this.#columns.id.get(number));
      }
      strings.mark(this.#columns.session.get(number));
    }
  }

  #find(kind: TraceKind, id: number): number {
    const number = this.#known.find(kindNumber(kind), id);
    return this.#ending.has(number) ? 0 : number;
  }

  #isNamed(number: number, kind: number, id: number): boolean {
    return this.#columns.id.get(number) === id && this.#columns.kind.get(number) === kind;
  }

  #create(name: TraceName): number {
    const number = this.#given.give();
    const kind = kindNumber(name.kind);
    this.#columns.kind.set(number, kind);
    this.#columns.id.set(number, name.id);
    this.#columns.session.set(number, name.session);
    this.#known.add(kind, name.id, number);
    return number;
  }

  #end(number: number): void {
    this.#views.end(number);
    // the number may be given to another trace
    this.#watches.lose(number);
    this.#known.remove(this.#columns.kind.get(number), this.#columns.id.get(number), number);
    this.#given.takeBack(number);
  }

  #touch(number: number): void {
    this.#columns.version.set(number, this.#changes);
    this.#changed.add(number);
  }
}
