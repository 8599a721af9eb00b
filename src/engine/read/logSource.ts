import type { LogFormat } from '../../formats/format';
import type { RecordSink } from '../recordSink';

export interface LogSourceOptions {
  /** A folder or a file; absolute. */
  readonly path: string;
  readonly sink: RecordSink;
  readonly formats: readonly LogFormat[];
  /** Look at the disk by polling only, no file events. */
  readonly poll?: boolean | undefined;
  /** One shot: read what is there, treat the end of a file as its end, follow nothing. */
  readonly final?: boolean | undefined;
  /** Longer records are skipped. Bytes; 32 MiB when absent. */
  readonly maxRecordBytes?: number | undefined;
  /** The state of the source (not of a file) may be another one: ask `status()`. */
  readonly onDidChangeStatus?: (() => void) | undefined;
}

/** What is known of the source as a whole; the files tell their own through `RecordSink.status`. */
export interface LogSourceStatus {
  readonly path: string;
  readonly kind: 'folder' | 'file';
  readonly state: 'live' | 'reading' | 'missing' | 'unreadable' | 'empty';
  /** One plain sentence when there is something to say. */
  readonly message?: string | undefined;
  readonly files: number;
  readonly sizeBytes: number;
  /** 0..1 while reading. */
  readonly progress?: number | undefined;
}

/** Follows a folder or a file and feeds a RecordSink. The class `LogSource` implements this. */
export interface LogSourceContract {
  /** Resolves when the first listing is done; reading goes on. */
  start(): Promise<void>;
  /** Resolves when everything that was on disk at the time of asking has been given to the sink. */
  whenIdle(): Promise<void>;
  /** Looks at the whole disk now and reads what is there; does not wait for quiet files. */
  reconcileNow(): Promise<void>;
  status(): LogSourceStatus;
  /** Stops; the sink is not called any more once this has returned its promise. */
  dispose(): Promise<void>;
}
