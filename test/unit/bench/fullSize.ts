import type { Size } from '../../../bench/lib/bar';

/** As much as `--full` measures. */
export const fullSize: Size = {
  isFull: true,
  contentMegabytes: 1024,
  smallRecords: 1_000_000,
  watchedFiles: 10_000,
  bursts: 1000,
  rounds: 6,
};
