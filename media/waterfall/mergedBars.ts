import type { Row } from './rows';
import { position, type TimeWindow } from './timeAxis';

export type BarKind = 'model' | 'own' | 'fail';

/** A bar of a folded row, positions 0..1 in the lane. */
export interface MergedBar {
  readonly kind: BarKind;
  readonly from: number;
  readonly to: number;
}

/** Cells that a lane is cut into; a bar smaller than one shares it with its neighbours. */
const cells = 400;
const rank: Readonly<Record<BarKind, number>> = { own: 1, model: 2, fail: 3 };

/** Which colour a row's bar has; undefined for rows that only contain others. */
export function barKind(row: Row): BarKind | undefined {
  if (row.type !== 'span') {
    return undefined;
  }
  if (row.span.kind === 'call' || row.span.kind === 'embedding') {
    return row.span.status === 'error' ? 'fail' : 'model';
  }
  if (row.span.kind === 'agent' || row.span.kind === 'chain') {
    return row.span.status === 'error' && row.children.length === 0 ? 'fail' : undefined;
  }
  return row.span.status === 'error' ? 'fail' : 'own';
}

/** The bars of all rows in a folded one, merged per cell; failed ones stay on top. */
export function mergeBars(
  rows: readonly Row[],
  window: TimeWindow,
  traceStart: number,
): readonly MergedBar[] {
  const filled: (BarKind | undefined)[] = Array.from({ length: cells });
  const waiting = [...rows];
  for (let row = waiting.pop(); row; row = waiting.pop()) {
    waiting.push(...row.children);
    const kind = barKind(row);
    if (!kind || row.start === undefined) {
      continue;
    }
    const from = Math.floor(position(window, row.start - traceStart) * cells);
    const to = Math.floor(position(window, (row.end ?? row.start) - traceStart) * cells);
    for (let cell = Math.max(0, from); cell <= Math.min(cells - 1, to); cell++) {
      const there = filled[cell];
      if (!there || rank[kind] > rank[there]) {
        filled[cell] = kind;
      }
    }
  }
  return runs(filled);
}

function runs(filled: readonly (BarKind | undefined)[]): readonly MergedBar[] {
  const bars: MergedBar[] = [];
  let from = 0;
  for (let cell = 1; cell <= filled.length; cell++) {
    const kind = filled[from];
    if (filled[cell] !== kind || cell === filled.length) {
      if (kind) {
        bars.push({ kind, from: from / cells, to: cell / cells });
      }
      from = cell;
    }
  }
  return bars;
}
