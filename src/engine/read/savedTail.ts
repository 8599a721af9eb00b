import type { ConsumedState } from './consumed';
import type { FileStamp } from './fileStamp';
import type { GateState } from './recordGate';

/** How far a file was read, and what it was then: enough to go on from there if it still is the same. */
export interface SavedTail {
  /** Absolute path. */
  readonly file: string;
  readonly stamp: FileStamp;
  readonly consumed: ConsumedState;
  readonly gate: GateState;
  /** Number of the line at which reading goes on. */
  readonly line: number;
}
