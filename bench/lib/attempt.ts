import { Refusal } from '../../scripts/lib/process.mjs';
import type { Figure } from './figure';
import { percentileOf } from './spread';

type Wanted = Omit<Figure, 'measured' | 'remark'>;

/** Figures of something that cannot be had on every machine: who refuses says why, and the others go on. */
export async function attempt(
  wanted: readonly Wanted[],
  measure: () => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> {
  try {
    return await measure();
  } catch (error) {
    if (error instanceof Refusal) {
      return wanted.map(figure => ({ ...figure, measured: error.message }));
    }
    throw error;
  }
}

/** A figure that is a share (0..1) of many times, such as the 95th percentile; the remark tells of the others. */
export function percentileFigure(wanted: Wanted, share: number, values: readonly number[]): Figure {
  const value = percentileOf(values, share);
  const show = (at: number) => percentileOf(values, at).toPrecision(3);
  return {
    ...wanted,
    measured: { median: value, min: value, max: value },
    remark: `median ${show(0.5)}, largest ${show(1)}, of ${values.length.toLocaleString('en-US')}`,
  };
}
