import type { SourceRef } from '../../model/source';
import { Column } from '../store/columns';
import { lowerBound } from '../store/lowerBound';
import type { LogFile } from '../store/logFile';
import type { SpanStore } from '../store/spanStore';
import type { FoundRecord } from './scanJob';

const maxJobBytes = 4 * 1024 * 1024; // a thread is busy with them for some milliseconds
const maxJobRecords = 5000; // that are looked at to make one job

/** Records of the file: [from, to). */
interface RecordRange {
  readonly from: number;
  readonly to: number;
}

/** Records that may be searched in one go, in file order. */
export interface Portion extends RecordRange {
  /** Those that have bodies, or add to a conversation. */
  readonly records: readonly number[];
  /** Where they lie. */
  readonly sources: readonly SourceRef[];
  /** Of `records`: no span has bodies there. */
  readonly turnsOnly: ReadonlySet<number>;
}

/** How far one file has been searched for one text, and what was found. Newest records first. */
export class FileScan {
  readonly file: LogFile;
  readonly #store: SpanStore;
  /** 1: searched. */
  readonly #isScanned = new Column('id');
  readonly #found = new Map<number, FoundRecord>();
  /** Records in turns, whose call is not there yet. */
  readonly #openTurns = new Set<number>();
  /** Records of calls that were the first to be sent a text in a turn before. */
  readonly #sent = new Set<number>();
  #pending: RecordRange[] = [];
  /** Records up to here are searched, pending, or being searched. */
  #known = 0;
  #knownEnd = 0;

  constructor(file: LogFile, store: SpanStore) {
    this.file = file;
    this.#store = store;
  }

  /** Takes up the records that came since. */
  update(): void {
    const { records } = this.file;
    if (this.#known > 0 && !this.#isSame()) {
      // the last record was given again, longer: what was known of it holds no more
      const before = this.#known;
      this.#known = Math.max(0, Math.min(before, records) - 1);
      this.#forget({ from: this.#known, to: before });
    }
    if (records > this.#known) {
      this.#pending.push({ from: this.#known, to: records });
      this.#known = records;
      this.#knownEnd = this.#endOf(records - 1);
    }
  }

  get isPending(): boolean {
    return this.#pending.length > 0;
  }

  /** Bytes that nobody has begun to search. */
  get pendingBytes(): number {
    return this.#pending.reduce(
      (sum, { from, to }) => sum + this.#endOf(to - 1) - this.file.recordOffset(from),
      0,
    );
  }

  /** The last of what is pending. It counts as being searched; give it back with `giveBack`, or say `markScanned`. */
  takePortion(): Portion | undefined {
    const range = this.#pending.pop();
    if (range === undefined) {
      return undefined;
    }
    const portion = this.#cut(range);
    if (portion.from > range.from) {
      this.#pending.push({ from: range.from, to: portion.from });
    }
    return portion;
  }

  giveBack({ from, to }: RecordRange): void {
    const end = Math.min(to, this.#known);
    if (end > from) {
      this.#pending.push({ from, to: end });
    }
  }

  markScanned({ from, to }: RecordRange): void {
    for (let record = from; record < to; record++) {
      this.#isScanned.set(record, 1);
    }
  }

  markFound(record: number, found: FoundRecord): void {
    this.#found.set(record, found);
    if (found.isInTurn) {
      this.#openTurns.add(record);
    }
  }

  isScanned(record: number): boolean {
    return this.#isScanned.get(record) === 1;
  }

  found(record: number): FoundRecord | undefined {
    return this.#found.get(record);
  }

  /** Whether a call in this record was the first to be sent the text. */
  wasSent(record: number): boolean {
    return this.#sent.has(record);
  }

  /** Records in whose turns the text is, as long as nobody has said what call was sent it. */
  get openTurns(): readonly number[] {
    return [...this.#openTurns];
  }

  /** `call`: the record of the call that was sent the turn first; undefined: there will be none. */
  closeTurn(turn: number, call: number | undefined): void {
    this.#openTurns.delete(turn);
    if (call !== undefined) {
      this.#sent.add(call);
    }
  }

  #isSame(): boolean {
    return this.#known <= this.file.records && this.#endOf(this.#known - 1) === this.#knownEnd;
  }

  #forget({ from, to }: RecordRange): void {
    this.#pending = this.#pending
      .map(range => ({ from: range.from, to: Math.min(range.to, from) }))
      .filter(range => range.from < range.to);
    for (let record = from; record < to; record++) {
      this.#isScanned.set(record, 0);
      this.#found.delete(record);
      this.#openTurns.delete(record);
      this.#sent.delete(record);
    }
  }

  /** From the end of the range on, as much as one job takes. */
  #cut({ from, to }: RecordRange): Portion {
    const { rows } = this.file;
    const { table } = this.#store;
    const records: number[] = [];
    const sources: SourceRef[] = [];
    const turnsOnly = new Set<number>();
    let row = lowerBound(rows.length, at => table.record.get(rows.at(at)) >= to) - 1;
    let bytes = 0;
    let record = to;
    while (record > from && to - record < maxJobRecords && bytes < maxJobBytes) {
      record--;
      let hasBodies = false;
      for (; row >= 0 && table.record.get(rows.at(row)) === record; row--) {
        const each = rows.at(row);
        hasBodies ||= table.hasInput(each) || table.hasOutput(each);
      }
      const isTurn = !hasBodies && this.file.recordHasTurn(record);
      if (hasBodies || isTurn) {
        const source = this.file.recordSource(record);
        bytes += source.length;
        records.push(record);
        sources.push(source);
      }
      if (isTurn) {
        turnsOnly.add(record);
      }
    }
    return {
      from: record,
      to,
      records: records.toReversed(),
      sources: sources.toReversed(),
      turnsOnly,
    };
  }

  #endOf(record: number): number {
    return this.file.recordOffset(record) + this.file.recordSource(record).length;
  }
}
