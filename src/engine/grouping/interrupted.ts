import { earliestStart, mergePatches, type MergedSpan } from '../store/mergePatches';
import type { SpanStore } from '../store/spanStore';
import { positionInFile } from './position';

const maxGapMs = 2000; // between the end of a call and the start of the one that failed after it
const maxLookBack = 50; // records; calls of other requests may lie between

/**
 * The calls that a failed call without a trace id may have interrupted, likeliest first: before it in the same file, to the
 * same model, by the same user and session as far as both are known, ended when it started.
 */
export function interruptedCalls(store: SpanStore, head: number): readonly number[] {
  const rows = store.spans.rows(head);
  const failed = mergePatches(store.table, rows);
  const { startTime } = failed;
  if (startTime === undefined || failed.model === undefined) {
    return [];
  }
  const gaps = new Map<number, number>();
  for (const row of rows) {
    for (const candidate of callsBefore(store, row)) {
      if (candidate === head || gaps.has(candidate)) {
        continue;
      }
      const endTime = endOf(store, candidate);
      const gap = endTime === undefined ? Number.POSITIVE_INFINITY : Math.abs(startTime - endTime);
      if (gap <= maxGapMs && fits(failed, mergePatches(store.table, store.spans.rows(candidate)))) {
        gaps.set(candidate, gap);
      }
    }
  }
  // sort is stable: of equal gaps the nearest record comes first
  return [...gaps.keys()].toSorted((one, other) => (gaps.get(one) ?? 0) - (gaps.get(other) ?? 0));
}

function* callsBefore(store: SpanStore, row: number): Generator<number> {
  const file = store.fileById(store.table.file.get(row));
  const position = file ? positionInFile(store, file, row) : 0;
  for (let at = position - 1; file && at >= Math.max(0, position - maxLookBack); at--) {
    yield store.spans.headOf(file.rows.at(at));
  }
}

function endOf(store: SpanStore, head: number): number | undefined {
  const rows = store.spans.rows(head);
  const start = earliestStart(store.table, rows);
  const duration = rows
    .map(row => store.table.number(row, 'durationMs'))
    .find(known => known !== undefined);
  return start === undefined ? undefined : start + (duration ?? 0);
}

function fits(failed: MergedSpan, call: MergedSpan): boolean {
  return (
    call.model === failed.model &&
    noContradiction(call.userId, failed.userId) &&
    noContradiction(call.sessionId, failed.sessionId)
  );
}

function noContradiction(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
