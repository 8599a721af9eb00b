import type { Lesson } from '../lineScanner';

/** A file that is to be scanned from an offset on, window after window, to its end. */
export interface AheadJob {
  readonly id: number;
  readonly path: string;
  /** Of the beginning of a line. */
  readonly offset: number;
  readonly scope: number;
  /** Of the table of strings in which its texts are looked for: see `hashSecrets`. */
  readonly secrets: readonly number[];
}

/** What the thread is told. */
export type AheadRequest =
  | { readonly type: 'lessons'; readonly lessons: readonly Lesson[] }
  | { readonly type: 'job'; readonly job: AheadJob };

/** What the thread is given when it starts. */
export interface AheadStart {
  /** Of the scanner. Compiled once for all threads. */
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: SharedArrayBuffer;
  readonly windowBytes: number;
  /** Of the scanner whose lessons it learns. */
  readonly seed: number;
}
