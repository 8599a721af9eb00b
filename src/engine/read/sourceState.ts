import type { FileSet } from './fileSet';
import type { LogSourceStatus } from './logSourceOptions';

type State = Pick<LogSourceStatus, 'state' | 'message'>;

interface SourceStateOptions {
  readonly files: Pick<FileSet, 'isIdle' | 'hasStopped' | 'size'>;
  /** What is wrong with watching its folders. */
  readonly watchProblem: () => string | undefined;
  readonly onDidChange: (() => void) | undefined;
}

/** How a source stands, as far as that costs nothing to know; tells when it is another state. */
export class SourceState {
  /** Of the folder or file itself. */
  root: 'present' | 'missing' | 'unreadable' = 'present';
  message: string | undefined;
  private lastTold = '';
  /** Somebody was told that this is being read, and must hear when it has been. */
  private hasSaidReading = false;
  private isDisposed = false;

  constructor(private readonly options: SourceStateOptions) {}

  get(): State {
    const { files, watchProblem } = this.options;
    const message = this.message ?? watchProblem();
    if (this.root !== 'present') {
      return { state: this.root, message };
    }
    if (!files.isIdle) {
      this.hasSaidReading = true;
      return { state: 'reading', message };
    }
    if (files.hasStopped) {
      return { state: 'stopped', message };
    }
    return files.size === 0
      ? { state: 'empty', message: message ?? 'There are no files in this folder.' }
      : { state: 'live', message };
  }

  tell(): void {
    const { state, message } = this.get();
    const told = `${state} ${message ?? ''}`;
    if (told !== this.lastTold && !this.isDisposed) {
      this.lastTold = told;
      this.options.onDidChange?.();
    }
  }

  /** All is read. A pass tells what has changed, but the next one may be seconds away. */
  tellRead(): void {
    if (this.hasSaidReading) {
      this.hasSaidReading = false;
      this.lastTold = '';
      this.tell();
    }
  }

  dispose(): void {
    this.isDisposed = true;
  }
}
