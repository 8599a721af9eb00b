import { type Column, rowsTogether } from '../store/columns';
import { type NumberRun, runsOf } from '../store/freeNumbers';
import { leaving, type LeavingRows } from '../store/leavingRows';
import type { SpanIndex } from '../store/spanIndex';

const numbers = new Float64Array(rowsTogether); // shared: read in one go

/**
 * Of rows whose spans leave whole, those stay marked so whose traces do, too. Returns the numbers of these traces, the lowest first.
 * `size`: how many spans a trace has. `highest`: number of a trace.
 */
export function markWholeTraces(
  rows: LeavingRows,
  spans: SpanIndex,
  { traceOf, size }: { readonly traceOf: Column; readonly size: Column },
  highest: number,
): readonly NumberRun[] {
  const { how } = rows;
  const left = new Uint32Array(highest + 1);
  rows.eachPart(rowsTogether, (first, count) => {
    traceOf.read(first, count, numbers);
    for (let at = 0; at < count; at++) {
      if (how[first + at] === leaving.whole) {
        const number = numbers[at] ?? 0;
        left[number] = (left[number] ?? 0) + 1;
      }
    }
  });
  const whole: number[] = [];
  let isMixed = false;
  // a row behind the head of its span is in no trace itself
  for (let number = 1; number <= highest; number++) {
    const count = left[number] ?? 0;
    if (count > 0 && count === size.get(number)) {
      whole.push(number);
    } else {
      isMixed ||= count > 0;
      left[number] = 0;
    }
  }
  if (!isMixed) {
    return runsOf(whole);
  }
  const stays = (row: number) => left[traceOf.get(spans.headOf(row))] === 0;
  rows.eachPart(rowsTogether, (first, count) => {
    traceOf.read(first, count, numbers);
    for (let at = 0; at < count; at++) {
      const row = first + at;
      const number = numbers[at] ?? 0;
      if (how[row] === leaving.whole && (number === 0 ? stays(row) : left[number] === 0)) {
        how[row] = leaving.apart;
      }
    }
  });
  return runsOf(whole);
}
