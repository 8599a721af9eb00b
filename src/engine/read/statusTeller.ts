import type { FileReadStatus, RecordSink } from '../recordSink';

/** Tells the sink the status of a file when it is another one. */
export class StatusTeller {
  private told: FileReadStatus | undefined;

  constructor(
    private readonly sink: RecordSink,
    private readonly file: string,
  ) {}

  tell(status: FileReadStatus): void {
    if (!isSame(this.told, status)) {
      this.told = status;
      this.sink.status(this.file, status);
    }
  }

  /** The sink has forgotten the file. */
  forget(): void {
    this.told = undefined;
  }
}

function isSame(a: FileReadStatus | undefined, b: FileReadStatus): boolean {
  return (
    a !== undefined &&
    a.state === b.state &&
    a.message === b.message &&
    a.sizeBytes === b.sizeBytes &&
    a.blankBytes === b.blankBytes &&
    a.pendingBytes === b.pendingBytes
  );
}
