import type { LogFormat } from '../formats/format';
import { isCall, type Span, type SpanError } from '../model/span';
import type { Changed } from './changes';
import { Clearing, leastTogether } from './clearing';
import { Conversations } from './grouping/conversations';
import { Grouping } from './grouping/grouping';
import type { TraceGroup } from './grouping/traceGroup';
import type { MembershipState } from './grouping/traceColumns';
import type { TraceMembership } from './grouping/traceMembership';
import { DeadTexts } from './deadTexts';
import { RecordReader } from './recordReader';
import { hashSecrets, useHashSecrets } from './store/bytes';
import type { LeavingRows } from './store/leavingRows';
import type { LogFile } from './store/logFile';
import type { SpanChanges } from './store/spanChanges';
import { findSpan, spanKey } from './store/spanKey';
import { SpanStore, type StoreState } from './store/spanStore';
import { CallTexts } from './summaries/callTexts';
import { ContentReader, haveSameMessages } from './summaries/contentReader';
import { type GrowthBounds, growthBounds } from './summaries/growthBounds';
import { SpanReader } from './summaries/spanReader';
import { TraceList, type TraceListState } from './summaries/traceList';
import { TraceNames } from './summaries/traceNames';

const conversationFormat = 'debug-conversation';
const maxRemembered = 1000; // keys of changed spans and traces kept until they are told; more are told as "all"

/** All that is known, but for what can be read again where it is needed. */
export interface CoreState {
  readonly secrets: readonly number[];
  readonly infers: boolean;
  readonly store: StoreState;
  readonly membership: MembershipState;
  readonly traces: TraceListState;
}

/** From where on things are done in another way; tests begin earlier. */
export interface CoreBounds {
  readonly growth?: GrowthBounds | undefined;
  /** See `DeadTexts`. */
  readonly leastDeadBytes?: number | undefined;
  /** Rows that are removed together: see `Clearing`. */
  readonly leastCleared?: number | undefined;
}

/** The store and all that is derived from it, brought up to date when somebody asks. */
export class EngineCore {
  readonly formats: readonly LogFormat[];
  readonly store: SpanStore;
  readonly records: RecordReader;
  readonly content: ContentReader;
  readonly texts: CallTexts;
  readonly deadTexts: DeadTexts;
  readonly #conversations: Conversations;
  readonly #conversationFormat: number;
  readonly #grouping: Grouping;
  readonly #clearing: Clearing;
  readonly #reader: SpanReader;
  readonly #traces: TraceList;
  readonly #changedTraces = new Set<string>();
  readonly #changedSpans = new Set<string>();
  #allChanged = false;
  /** Goes up when anything derived is another one, also without a change of the store. */
  #derivedRevision = 0;

  constructor(
    formats: readonly LogFormat[],
    nameFile: (path: string) => string,
    { growth = growthBounds, leastDeadBytes, leastCleared = leastTogether }: CoreBounds = {},
  ) {
    this.formats = formats;
    this.store = new SpanStore(nameFile);
    this.records = new RecordReader(formats);
    this.content = new ContentReader(this.store, this.records);
    this.texts = new CallTexts(this.content);
    this.#grouping = new Grouping(this.store);
    this.deadTexts = new DeadTexts(this.store, this.#grouping.membership, leastDeadBytes);
    this.#reader = new SpanReader(this.store, this.#grouping.membership, formats);
    this.store.table.recallError = row => this.#recallError(row);
    this.#conversationFormat = formats.findIndex(format => format.id === conversationFormat);
    this.#conversations = new Conversations(this.store, this.#conversationFormat, (one, other) =>
      haveSameMessages(this.content, one, other),
    );
    const refresh = () => this.refresh();
    this.#clearing = new Clearing(this.store, this.#grouping.membership, leastCleared, refresh);
    const names = new TraceNames(this.content);
    this.#traces = new TraceList(this.store, this.#grouping, this.#reader, names, growth, refresh);
  }

  get revision(): number {
    return this.store.revision + this.#derivedRevision;
  }

  get reader(): SpanReader {
    this.refresh();
    return this.#reader;
  }

  get traces(): TraceList {
    this.refresh();
    return this.#traces;
  }

  /** Which span is in which trace. */
  get membership(): TraceMembership {
    this.refresh();
    return this.#grouping.membership;
  }

  traceOfSpan(head: number): TraceGroup | undefined {
    this.refresh();
    return this.#grouping.membership.groupOf(head);
  }

  trace(key: string): TraceGroup | undefined {
    this.refresh();
    return this.#grouping.membership.get(key);
  }

  findSpan(key: string): number | undefined {
    this.refresh();
    return findSpan(this.store, key);
  }

  /** Heads of all spans in file order. */
  heads(): Generator<number> {
    this.refresh();
    return this.#publishedHeads();
  }

  /** The same from the end. */
  *headsBackwards(): Generator<number> {
    this.refresh();
    for (const file of this.store.files().toReversed()) {
      for (let at = file.rows.length - 1; at >= 0; at--) {
        const row = file.rows.at(at);
        if (this.store.spans.headOf(row) === row) {
          yield row;
        }
      }
    }
  }

  *#publishedHeads(): Generator<number> {
    for (const file of this.store.files()) {
      for (const row of file.rows) {
        if (this.store.spans.headOf(row) === row) {
          yield row;
        }
      }
    }
  }

  *spans(): Generator<Span> {
    for (const head of this.heads()) {
      yield this.#reader.read(head);
    }
  }

  /** Number of calls with a record in the file. */
  callsIn(file: LogFile): number {
    this.refresh();
    const { table, spans } = this.store;
    let calls = 0;
    const heads = new Set<number>();
    for (const row of file.rows) {
      if (!isCall({ kind: table.kind(row) })) {
        continue;
      }
      if (spans.headOf(row) === row && spans.isOneRow(row)) {
        calls++;
      } else {
        heads.add(spans.headOf(row));
      }
    }
    return calls + heads.size;
  }

  setInfers(infers: boolean): void {
    this.refresh();
    if (infers !== this.#grouping.infers) {
      this.#grouping.setInfers(infers);
      this.markAllChanged();
      this.#takeTraces();
    }
  }

  /** Costs are computed again: the prices are there now. */
  forgetCosts(): void {
    this.refresh();
    this.#reader.forgetCosts();
    this.#grouping.membership.touchAll();
    this.markAllChanged();
  }

  /** All that is known, for another process to go on from; undefined when that cannot be. */
  save(): CoreState | undefined {
    this.refresh();
    // which saved conversation belongs to which call is found out by their texts
    const hasConversations = this.store.table.hasFormat(this.#conversationFormat);
    const store = hasConversations ? undefined : this.store.save();
    return (
      store && {
        secrets: hashSecrets(),
        infers: this.#grouping.infers,
        store,
        membership: this.#grouping.membership.save(),
        traces: this.#traces.save(),
      }
    );
  }

  /** Only while nothing is known. False: it was made under other settings. */
  restore(state: CoreState): boolean {
    if (state.infers !== this.#grouping.infers) {
      return false;
    }
    useHashSecrets(state.secrets);
    this.store.restore(state.store);
    this.#grouping.membership.restore(state.membership);
    this.#traces.restore(state.traces);
    this.markAllChanged();
    return true;
  }

  /** The error of a row as its record says it. */
  #recallError(row: number): SpanError | undefined {
    const { table } = this.store;
    const file = this.store.fileById(table.file.get(row));
    const reading = file && this.records.reopen(file, table.record.get(row)).reading;
    return reading?.spans[table.index.get(row)]?.error;
  }

  /** Whoever shows anything asks again. */
  markAllChanged(): void {
    this.#derivedRevision++;
    this.#allChanged = true;
  }

  /** Of what was removed, until it is cleared; undefined: nothing is left of it. */
  get clearing(): Promise<void> | undefined {
    return this.#clearing.running;
  }

  dispose(): void {
    this.#clearing.dispose();
  }

  /** What has changed since the last time of asking. */
  takeChanged(): Changed {
    this.refresh();
    const changed = {
      revision: this.revision,
      traceKeys: this.#allChanged ? undefined : [...this.#changedTraces],
      spanKeys: this.#allChanged ? undefined : [...this.#changedSpans],
    };
    this.#allChanged = false;
    this.#changedTraces.clear();
    this.#changedSpans.clear();
    return changed;
  }

  refresh(): void {
    const hidden = this.#clearing.take();
    const changes = this.store.spans.refresh();
    if (changes) {
      this.#takeChanges(changes, hidden);
    }
    if (!changes && !this.store.table.hasRemoved) {
      return;
    }
    const released = this.store.release();
    this.#grouping.membership.release(released);
    this.#reader.release(released);
    // what is hidden still refers to its texts
    if (!this.#clearing.isUnderWay) {
      this.deadTexts.forgetIfMany();
    }
  }

  #takeChanges(changes: SpanChanges, hidden: LeavingRows | undefined): void {
    this.#conversations.update(changes, hidden?.whole() ?? [], () => this.#publishedHeads());
    if (hidden) {
      this.texts.forgetAll();
    }
    for (const head of changes.removed) {
      this.#reader.forget(head);
      this.texts.forget(head);
    }
    this.#grouping.apply(changes);
    for (const head of changes.added) {
      if (this.#changedSpans.size >= maxRemembered) {
        break;
      }
      this.#changedSpans.add(spanKey(this.store, head));
    }
    this.#takeTraces();
  }

  #takeTraces(): void {
    const { membership } = this.#grouping;
    const { numbers, areKeysKnown } = membership.takeChanged();
    this.#traces.update(numbers);
    this.#allChanged ||= !areKeysKnown;
    for (const number of numbers) {
      if (this.#changedTraces.size >= maxRemembered) {
        break;
      }
      this.#changedTraces.add(membership.facts(number).key);
    }
  }
}
