import { LRUCache } from 'lru-cache';
import { isCall } from '../../model/span';
import type { EngineCore } from '../core';
import { Slice } from '../slice';
import type { LogFile } from '../store/logFile';
import { FileScan, type Portion } from './fileScan';
import { TextFinder } from './holdsText';
import type { FoundRecord } from './scanJob';
import { SummaryText } from './summaryText';
import { callAfterTurn } from './turnCalls';

const maxVerified = 20_000; // spans of several records that were put together and looked at

/** A part of a file that is to be searched. */
export interface Task {
  readonly scan: FileScan;
  readonly portion: Portion;
}

/** Which spans have a text in their bodies, as far as the files have been searched by now. */
export class TermSearch {
  /** In lower case. */
  readonly text: string;
  readonly #core: EngineCore;
  readonly #summaries: SummaryText;
  readonly #scans = new Map<number, FileScan>();
  /** Files with something to search, the newest last. */
  #queue: FileScan[] = [];
  /** Files with records whose call is not known yet. */
  readonly #withTurns = new Set<FileScan>();
  readonly #verified = new LRUCache<string, boolean>({ max: maxVerified });
  #revision = -1;
  #running = 0;
  #scannedBytes = 0;

  constructor(core: EngineCore, text: string) {
    this.#core = core;
    this.text = text;
    this.#summaries = new SummaryText(core.store, text);
  }

  /** Takes up what has been read of the files since. */
  update(): void {
    const { store } = this.#core;
    if (this.#revision === store.revision) {
      return;
    }
    this.#revision = store.revision;
    const files = store.files();
    for (const [id, scan] of this.#scans) {
      if (store.fileById(id) !== scan.file) {
        this.#scans.delete(id);
        this.#withTurns.delete(scan);
        // another file may have its number
        this.#verified.clear();
      }
    }
    for (const file of files) {
      const scan = this.#scans.get(file.id) ?? new FileScan(file, store);
      this.#scans.set(file.id, scan);
      scan.update();
    }
    const pending = [...this.#scans.values()].filter(scan => scan.isPending);
    const times = new Map(pending.map(scan => [scan, this.#latestTime(scan.file)]));
    this.#queue = pending.toSorted((one, other) => (times.get(one) ?? 0) - (times.get(other) ?? 0));
  }

  /** Everything that was there at the last `update` has been searched. */
  get isSettled(): boolean {
    return this.#queue.length === 0 && this.#running === 0;
  }

  /** There is something that nobody has begun to search. */
  get isPending(): boolean {
    return this.#queue.length > 0;
  }

  /** 0..1, by bytes. */
  get progress(): number {
    const open = this.#queue.reduce((sum, scan) => sum + scan.pendingBytes, 0);
    return open === 0 && this.#running === 0
      ? 1
      : this.#scannedBytes / Math.max(1, this.#scannedBytes + open);
  }

  /** What is to be searched next, to be followed by `end` or `giveBack`. May be without records. */
  next(): Task | undefined {
    for (let scan = this.#queue.at(-1); scan !== undefined; scan = this.#queue.at(-1)) {
      const portion = scan.takePortion();
      if (!scan.isPending) {
        this.#queue.pop();
      }
      if (portion !== undefined) {
        this.#running++;
        return { scan, portion };
      }
    }
    return undefined;
  }

  /** It was not searched to its end. */
  giveBack({ scan, portion }: Task): void {
    this.#running--;
    scan.giveBack(portion);
    if (scan.isPending && !this.#queue.includes(scan)) {
      this.#queue.push(scan);
    }
  }

  end({ scan, portion }: Task, bytes: number): void {
    this.#running--;
    this.#scannedBytes += bytes;
    scan.markScanned(portion);
  }

  /** Takes what was found. Returns the heads of the spans that it may be in. */
  take({ scan, portion }: Task, found: readonly FoundRecord[]): readonly number[] {
    const { file } = scan;
    const { store } = this.#core;
    if (store.fileById(file.id) !== file) {
      return [];
    }
    return found.flatMap(each => {
      const record = portion.records[each.at] ?? 0;
      scan.markFound(record, each);
      if (each.isInTurn) {
        this.#withTurns.add(scan);
      }
      return this.#headsOf(file, record);
    });
  }

  /** What is said in a conversation holds the text, and the call that was sent it is not known. */
  get hasOpenTurns(): boolean {
    return this.#withTurns.size > 0;
  }

  /** Leads what was said in a conversation to the calls that were sent it. Returns the heads of those that are new. */
  async resolveTurns(): Promise<readonly number[]> {
    const slice = new Slice();
    const heads: number[] = [];
    this.#running++;
    for (const scan of this.#withTurns) {
      for (const turn of scan.openTurns) {
        const call = callAfterTurn(this.#core, scan.file, turn);
        if (call !== 'later') {
          scan.closeTurn(turn, call);
          heads.push(...(call === undefined ? [] : this.#headsOf(scan.file, call)));
        }
        if (slice.isOver) {
          await slice.rest();
        }
      }
      if (scan.openTurns.length === 0) {
        this.#withTurns.delete(scan);
      }
    }
    this.#running--;
    return heads;
  }

  /** false: what is kept of the span does not hold the text. */
  mayBeInSummary(head: number): boolean {
    return this.#summaries.mayBeIn(this.#core.store.spans.rows(head));
  }

  /** Whether its bodies hold the text; undefined: not known yet. */
  contains(head: number): boolean | undefined {
    const { table, spans } = this.#core.store;
    const rows = spans.rows(head);
    let isKnown = true;
    let isCandidate = false;
    for (const row of rows) {
      const scan = this.#scanOf(table.file.get(row));
      const record = table.record.get(row);
      if (scan?.wasSent(record) === true && isCall({ kind: table.kind(row) })) {
        return true;
      }
      if (!table.hasInput(row) && !table.hasOutput(row)) {
        continue;
      }
      const found = scan?.found(record);
      if (found !== undefined && rows.length === 1) {
        return found.spans.includes(table.index.get(row));
      }
      isCandidate ||= found !== undefined;
      isKnown &&= scan?.isScanned(record) === true;
    }
    if (isCandidate && this.#verify(head, rows)) {
      return true;
    }
    return isKnown ? false : undefined;
  }

  /** undefined: the file came after the last `update`. */
  #scanOf(file: number): FileScan | undefined {
    const scan = this.#scans.get(file);
    return scan?.file === this.#core.store.fileById(file) ? scan : undefined;
  }

  /** What several records say of one span is put together before it is looked at. */
  #verify(head: number, rows: readonly number[]): boolean {
    const { table } = this.#core.store;
    const first = rows[0] ?? head;
    const key = [
      table.file.get(first),
      table.record.get(first),
      table.index.get(first),
      rows.length,
    ].join();
    let holds = this.#verified.get(key);
    if (holds === undefined) {
      const { content } = this.#core.content.readOwn(head);
      holds = content !== undefined && new TextFinder(this.text).isIn(content);
      this.#verified.set(key, holds);
    }
    return holds;
  }

  #headsOf(file: LogFile, record: number): readonly number[] {
    const { store } = this.#core;
    return store.rowsOfRecord(file, record).map(row => store.spans.headOf(row));
  }

  /** When the last span of a file was, epoch ms; -Infinity when unknown. */
  #latestTime(file: LogFile): number {
    const last = file.rows.last();
    const time = last < 0 ? undefined : this.#core.store.table.number(last, 'startTime');
    return time ?? Number.NEGATIVE_INFINITY;
  }
}
