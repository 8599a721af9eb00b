import type { Readable, Writable } from 'node:stream';

/** The world of a command: injected, so that tests run it in their own process. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Absolute; paths that are given are relative to it. */
  readonly cwd: string;
  readonly readVersion: () => string;
  /** Bundle of the thread that searches bodies; without it the command searches in its own. */
  readonly searchThread?: string | undefined;
  /** Bundle of the thread that scans long files while they are read; without it the command does so in its own. */
  readonly scanThread?: string | undefined;
  /** Settles when the person has had enough: Ctrl+C, or the program is told to end. */
  untilInterrupted(): Promise<void>;
}

/** Wrong usage or a path that cannot be read: one clear line on stderr, exit code 2. */
export class UsageError extends Error {}
