/** Part of the trace that the lane shows: milliseconds after its start. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** Shortest window that zooming goes down to. */
const minimumWindowMs = 0.1;
const zoomStep = 1.6;

/** Round steps so that about `wanted` ticks fit. */
export function ticks(
  window: TimeWindow,
  wanted: number,
): { readonly step: number; readonly at: readonly number[] } {
  const length = window.to - window.from;
  if (!(length > 0)) {
    return { step: 1, at: [] };
  }
  const step = roundStep(length / Math.max(1, wanted));
  const at: number[] = [];
  // `+ 0` turns the -0 of a rounded start into 0
  const first = Math.ceil(window.from / step - 1e-9) + 0;
  for (let index = first; index * step < window.to; index++) {
    at.push(index * step);
  }
  return { step, at };
}

function roundStep(rough: number): number {
  const minute = 60_000;
  const hour = 60 * minute;
  const known = [minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute];
  const longer = [hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour];
  if (rough > 30_000) {
    const found = [...known, ...longer].find(step => step >= rough);
    if (found !== undefined) {
      return found;
    }
    const days = rough / (24 * hour);
    return roundDecimal(days) * 24 * hour;
  }
  const decimal = roundDecimal(rough);
  return decimal > 20_000 ? 30_000 : decimal;
}

function roundDecimal(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find(candidate => candidate * power >= rough * 0.999) ?? 10;
  return factor * power;
}

/** Position in the lane, 0..1 (outside: not in the window). */
export function position(window: TimeWindow, offset: number): number {
  const length = window.to - window.from;
  return length > 0 ? (offset - window.from) / length : 0;
}

/** Larger (`direction` 1) or smaller (-1) around a point; never outside the whole. */
export function zoom(
  window: TimeWindow,
  whole: number,
  direction: 1 | -1,
  around: number,
): TimeWindow | undefined {
  const length = window.to - window.from;
  const wanted = direction === 1 ? length / zoomStep : length * zoomStep;
  if (wanted >= whole) {
    return undefined;
  }
  const next = Math.max(minimumWindowMs, wanted);
  const share = Math.min(1, Math.max(0, position(window, around)));
  const from = Math.min(Math.max(0, around - share * next), whole - next);
  return { from, to: from + next };
}
