import type { Codes } from './blockFit';
import type { SparseState } from './sparseRows';

/** What there is to know of the numbers of a column, before there are any. */
export interface Habits {
  /** What it says of a row that was never set. */
  readonly empty: number;
  /** The numbers ascend, so the slope is taken from them. */
  readonly isAscending: boolean;
  /** They are numbers of rows nearby. */
  readonly isNear: boolean;
  /** Of a code at least. */
  readonly bytes: 1 | 4;
}

/** A `PackedBlock` as it is written down. */
export interface BlockState {
  readonly codes: Codes;
  readonly onLine: number;
  readonly isRaw: boolean;
  readonly base: number;
  readonly scale: number;
  readonly slope: number;
  readonly bytes: 1 | 2 | 4;
  readonly apartCode: number;
  readonly apart: SparseState | undefined;
  readonly fits: number;
}
