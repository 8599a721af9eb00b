import type { Mapping } from '../../model/mapping';

/** Records of one file, or of one entry of it, that are to be searched. Numbers by record, in file order. */
export interface ScanJob {
  readonly id: number;
  /** In lower case. */
  readonly text: string;
  /** Absolute. */
  readonly file: string;
  readonly entry: string | undefined;
  readonly offsets: Float64Array;
  readonly lengths: Uint32Array;
  readonly checksums: Uint32Array;
  /** Index in the list of formats: the mapped one, then all others. */
  readonly formats: Uint8Array;
  /** 1: no span has bodies there, but it adds to a conversation. */
  readonly turns: Uint8Array;
  readonly mappings: readonly Mapping[];
}

/** A record whose bytes may hold the text. */
export interface FoundRecord {
  /** Position in the job. */
  readonly at: number;
  /** Which of the record's spans have the text in their bodies, by position. */
  readonly spans: readonly number[];
  /** What it adds to the conversation holds the text. */
  readonly isInTurn: boolean;
}

/** To the thread. */
export type ScanRequest =
  | { readonly type: 'scan'; readonly job: ScanJob }
  | { readonly type: 'stop'; readonly id: number };

/** From the thread; the last one of a job is `done`. */
export interface ScanAnswer {
  readonly id: number;
  readonly found: readonly FoundRecord[];
  readonly done: boolean;
}
