import { earliestStart, mergedTextId } from '../store/mergePatches';
import { strongerStatus } from '../store/rowWords';
import type { SpanStore } from '../store/spanStore';
import { positionInFile } from './position';

const maxGapMs = 2000; // between the end of a call and the start of the one that failed after it
const maxLookBack = 50; // records; calls of other requests may lie between

/** What tells which call another one has interrupted. Of texts the numbers, 0 where no row says it; times in epoch ms. */
export interface SeenCall {
  readonly head: number;
  readonly model: number;
  readonly userId: number;
  readonly sessionId: number;
  readonly traceId: number;
  readonly parentSpanId: number;
  readonly hasFailed: boolean;
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
}

/**
 * Looks for the calls that failed calls without a trace id may have interrupted. One for the spans as they are now: a call of thousands of rows may lie before as
 * many that failed, and is looked at once.
 */
export class InterruptedCalls {
  readonly #store: SpanStore;
  /** Of spans of several rows, by their heads. */
  readonly #seen = new Map<number, SeenCall>();

  constructor(store: SpanStore) {
    this.#store = store;
  }

  /**
   * Likeliest first: before the failed call in the same file, to the same model, by the same user and session as far as both are known, ended when it
   * started.
   */
  before(head: number): readonly SeenCall[] {
    const failed = this.#look(head);
    const { startTime } = failed;
    if (startTime === undefined || failed.model === 0) {
      return [];
    }
    const rows = this.#store.spans.rows(head);
    const heads = new Set(rows.flatMap(row => this.#headsBefore(row)));
    heads.delete(head);
    return (
      [...heads]
        .map(candidate => this.#look(candidate))
        .map(call => ({ call, gap: Math.abs(startTime - (call.endTime ?? Infinity)) }))
        .filter(({ call, gap }) => gap <= maxGapMs && fits(failed, call))
        // sort is stable: of equal gaps the nearest record comes first
        .toSorted((one, other) => one.gap - other.gap)
        .map(({ call }) => call)
    );
  }

  #headsBefore(row: number): readonly number[] {
    const store = this.#store;
    const file = store.fileById(store.table.file.get(row));
    const heads: number[] = [];
    const position = file ? positionInFile(store, file, row) : 0;
    for (let at = position - 1; file && at >= Math.max(0, position - maxLookBack); at--) {
      heads.push(store.spans.headOf(file.rows.at(at)));
    }
    return heads;
  }

  #look(head: number): SeenCall {
    const { table, spans } = this.#store;
    const seen = this.#seen.get(head);
    if (seen) {
      return seen;
    }
    const isOneRow = spans.isOneRow(head);
    const rows = isOneRow ? [head] : spans.rows(head);
    const startTime = earliestStart(table, rows);
    const duration = rows
      .map(row => table.number(row, 'durationMs'))
      .find(known => known !== undefined);
    const call = {
      head,
      model: mergedTextId(table, rows, 'model'),
      userId: mergedTextId(table, rows, 'userId'),
      sessionId: mergedTextId(table, rows, 'sessionId'),
      traceId: mergedTextId(table, rows, 'traceId'),
      parentSpanId: mergedTextId(table, rows, 'parentSpanId'),
      hasFailed: rows.map(row => table.status(row)).reduce(strongerStatus, 'unknown') === 'error',
      startTime,
      endTime: startTime === undefined ? undefined : startTime + (duration ?? 0),
    };
    if (!isOneRow) {
      this.#seen.set(head, call);
    }
    return call;
  }
}

function fits(failed: SeenCall, call: SeenCall): boolean {
  return (
    call.model === failed.model &&
    noContradiction(call.userId, failed.userId) &&
    noContradiction(call.sessionId, failed.sessionId)
  );
}

function noContradiction(one: number, other: number): boolean {
  return one === 0 || other === 0 || one === other;
}
