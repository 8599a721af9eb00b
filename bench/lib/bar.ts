import type { Figure } from './figure';
import type { Table } from './table';

/** How much is measured. */
export interface Size {
  readonly isFull: boolean;
  /** Of the log with content. */
  readonly contentMegabytes: number;
  /** Of the log without content. */
  readonly smallRecords: number;
  readonly watchedFiles: number;
  readonly bursts: number;
  /** Of every comparison; at least 6 for a figure to be believed. */
  readonly rounds: number;
}

export interface Outcome {
  readonly figures: readonly Figure[];
  /** What the figures were worked out from. */
  readonly tables?: readonly Table[];
  /** Ours counted wrong: nothing excuses that. */
  readonly failures?: readonly string[];
}

/** One of the numbered promises on speed and memory. */
export interface Bar {
  readonly number: number;
  readonly title: string;
  /** Plain words on what sets the limit. */
  readonly bound: string;
  /** What did not help, or not enough. */
  readonly tried?: string;
  measure(size: Size): Promise<Outcome>;
}
