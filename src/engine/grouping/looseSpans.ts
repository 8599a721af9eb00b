import { rowsTogether } from '../store/columns';
import type { LogFile } from '../store/logFile';
import { mergePatches, mergedTextId, type MergedSpan } from '../store/mergePatches';
import { shortId } from '../store/shortId';
import { rowPlaces } from '../store/rowPlaces';
import type { SpanStore } from '../store/spanStore';
import { InterruptedCalls, type SeenCall } from './interrupted';
import { ParentLinks } from './parentLinks';
import type { TraceMembership } from './traceMembership';
import type { TraceName } from './traceName';

/** Between the end of one call and the start of the next of the same user, to be taken for one piece of work. */
const maxGapMs = 30_000;
/** The same when the log names no user: strangers' calls lie side by side in a server's log. */
const maxGapOfNobodyMs = 5000;
/** The gap grows shorter with every call: what goes on like this is no piece of work, but a service that is always busy. */
const maxNearCalls = 1000;
const checkpointEvery = 2 * rowsTogether; // a change costs at most this many rows more than those after it
const turnTags = ['turn', 'turn_id', 'turnId'];

interface OpenTrace {
  readonly name: TraceName;
  readonly startTime: number;
  readonly endTime: number;
  readonly calls: number;
}

/** What was going on in a file at a position: the latest inferred trace of each user. */
interface Checkpoint {
  readonly position: number;
  readonly open: ReadonlyMap<string, OpenTrace>;
}

/** What the spans of a file are placed by, from one to the next. */
interface Pass {
  readonly links: ParentLinks | undefined;
  readonly open: Map<string, OpenTrace>;
  readonly interrupted: InterruptedCalls;
  /** Of calls that others may have interrupted, by their heads. */
  readonly sessions: Map<number, TraceName>;
}

const nothingOpen: ReadonlyMap<string, OpenTrace> = new Map();

interface FileState {
  checkpoints: Checkpoint[];
  hasLinks: boolean;
}

/** Places the spans that have no trace id, file by file in file order. */
export class LooseSpans {
  infers = true;
  readonly #store: SpanStore;
  readonly #membership: TraceMembership;
  /** Of files with more rows than a look costs nothing at: there may be ten thousand with one. */
  readonly #states = new WeakMap<LogFile, FileState>();
  // of the rows that are looked at together
  readonly #places = new Uint8Array(rowsTogether);
  readonly #traceIds = new Float64Array(rowsTogether);
  readonly #parentIds = new Float64Array(rowsTogether);

  constructor(store: SpanStore, membership: TraceMembership) {
    this.#store = store;
    this.#membership = membership;
  }

  /** Places every loose span of the file from this position on; those before it have not changed. */
  place(file: LogFile, from: number): void {
    const known = this.#states.get(file);
    const state = known ?? { checkpoints: [], hasLinks: false };
    if (file.rows.length > checkpointEvery) {
      this.#states.set(file, state);
    }
    // what stands before may have been placed by another process
    state.hasLinks ||= this.#hasLinks(file, known ? from : 0);
    const links = state.hasLinks ? new ParentLinks(this.#store, file) : undefined;
    state.checkpoints = links ? [] : state.checkpoints.filter(at => at.position <= from);
    const last = state.checkpoints.at(-1);
    const open = new Map(last?.open);
    const interrupted = new InterruptedCalls(this.#store);
    const pass: Pass = { links, open, interrupted, sessions: new Map() };
    for (let at = last?.position ?? 0; at < file.rows.length;) {
      if (at % checkpointEvery === 0 && at > (last?.position ?? 0)) {
        state.checkpoints.push({
          position: at,
          open: open.size === 0 ? nothingOpen : new Map(open),
        });
      }
      const count = file.rows.runAt(at, rowsTogether - (at % rowsTogether));
      this.#placeSome(file.rows.at(at), count, pass);
      at += count;
    }
  }

  /** Places what is loose of `count` rows from `first` on. */
  #placeSome(first: number, count: number, pass: Pass): void {
    const { table, spans } = this.#store;
    spans.readPlaces(first, count, this.#places);
    table.column('traceId').read(first, count, this.#traceIds);
    for (let at = 0; at < count; at++) {
      const place = this.#places[at];
      const isLoose =
        place === rowPlaces.alone
          ? this.#traceIds[at] === 0
          : place === rowPlaces.head && !this.hasTraceId(first + at);
      if (isLoose) {
        this.#placeOne(first + at, pass);
      }
    }
  }

  hasTraceId(head: number): boolean {
    const { table, spans } = this.#store;
    return spans.isOneRow(head)
      ? table.textId(head, 'traceId') !== 0
      : mergedTextId(table, spans.rows(head), 'traceId') !== 0;
  }

  #placeOne(head: number, pass: Pass): void {
    const linked = pass.links?.traceOf(head);
    if (linked) {
      this.#membership.assign(head, linked, 'parent');
      return;
    }
    const span = mergePatches(this.#store.table, this.#store.spans.rows(head));
    const interrupted =
      this.infers && span.status === 'error' && this.#interruptedTrace(head, pass);
    if (interrupted) {
      this.#membership.assign(head, interrupted, 'inferred');
      return;
    }
    if (span.sessionId !== undefined) {
      this.#membership.assign(head, this.#sessionTrace(span, span.sessionId), 'session');
      return;
    }
    this.#membership.assign(head, this.#inferredTrace(head, span, pass.open), 'inferred');
  }

  /** The trace of the call that this failed one interrupted, if that trace has a name of its own in the log. */
  #interruptedTrace(head: number, pass: Pass): TraceName | undefined {
    for (const call of pass.interrupted.before(head)) {
      const trace = this.#traceBefore(call, head, pass);
      if (trace?.kind === 'trace' || trace?.kind === 'session') {
        return trace;
      }
    }
    return undefined;
  }

  /**
   * The trace of a call that came before. It is told by the call alone wherever that is possible, for the file of the call
   * may not have been walked yet; a failed call before this one in file order has been placed.
   */
  #traceBefore(call: SeenCall, head: number, { sessions }: Pass): TraceName | undefined {
    if (call.traceId !== 0) {
      return { kind: 'trace', id: call.traceId, session: 0 };
    }
    if (call.parentSpanId !== 0) {
      return undefined;
    }
    if (call.hasFailed) {
      const isPlaced = this.#store.compareRows(call.head, head) < 0;
      return isPlaced ? this.#membership.nameOf(call.head) : undefined;
    }
    if (call.sessionId === 0) {
      return undefined;
    }
    const known = sessions.get(call.head) ?? this.#sessionTraceOf(call.head);
    sessions.set(call.head, known);
    return known;
  }

  #sessionTraceOf(head: number): TraceName {
    const span = mergePatches(this.#store.table, this.#store.spans.rows(head));
    return this.#sessionTrace(span, span.sessionId ?? '');
  }

  #inferredTrace(head: number, span: MergedSpan, open: Map<string, OpenTrace>): TraceName {
    const { startTime, userId } = span;
    const alone: TraceName = { kind: 'inferred', id: head + 1, session: 0 };
    if (!this.infers || startTime === undefined) {
      return alone;
    }
    const endTime = startTime + (span.durationMs ?? 0);
    const user = userId ?? '';
    const before = open.get(user);
    const calls = before?.calls ?? 0;
    const maxGap =
      (userId === undefined ? maxGapOfNobodyMs : maxGapMs) * (1 - calls / maxNearCalls);
    const joins =
      before !== undefined &&
      calls < maxNearCalls &&
      startTime - before.endTime <= maxGap &&
      before.startTime - endTime <= maxGap;
    const name = joins ? before.name : alone;
    open.set(user, {
      name,
      startTime: joins ? Math.min(before.startTime, startTime) : startTime,
      endTime: joins ? Math.max(before.endTime, endTime) : endTime,
      calls: joins ? calls + 1 : 1,
    });
    return name;
  }

  #hasLinks(file: LogFile, from: number): boolean {
    const { table } = this.#store;
    for (let at = from; at < file.rows.length;) {
      const first = file.rows.at(at);
      const count = file.rows.runAt(at, rowsTogether);
      if (!table.column('parentSpanId').isUnset(first, count)) {
        table.column('parentSpanId').read(first, count, this.#parentIds);
        table.column('traceId').read(first, count, this.#traceIds);
        for (let behind = 0; behind < count; behind++) {
          if (this.#parentIds[behind] !== 0 && this.#traceIds[behind] === 0) {
            return true;
          }
        }
      }
      at += count;
    }
    return false;
  }

  /** A session is one trace, or one a turn when the log counts turns. */
  #sessionTrace(span: MergedSpan, sessionId: string): TraceName {
    const { strings } = this.#store;
    const turn = turnTags.map(tag => span.tags[tag]).find(value => value !== undefined);
    const session = strings.id(sessionId);
    const id = turn === undefined ? session : strings.id(`${sessionId}/${shortId(turn)}`);
    return { kind: 'session', id, session };
  }
}
