import type { LogFormat } from '../../formats/format';
import type { SourceStatus } from '../../protocol/sourceStatus';
import type { ScanAhead } from '../scan/ahead/scanAhead';
import type { RecordSink } from '../recordSink';
import type { PathTable } from '../store/pathTable';
import type { PreviewBounds } from './bounds';
import type { FileAccess } from './fileAccess';
import type { FolderEvents, FolderWatchListener } from './folderWatch';
import type { SavedTail } from './savedTail';

export interface LogSourceOptions {
  /** A folder or a file; absolute. */
  readonly path: string;
  readonly sink: RecordSink;
  readonly formats: readonly LogFormat[];
  /** Look at the disk by polling only, no file events. */
  readonly poll?: boolean | undefined;
  /** One shot: read what is there, treat the end of a file as its end, follow nothing. */
  readonly final?: boolean | undefined;
  /** Give the end of a long file before the rest, within these bounds. */
  readonly preview?: PreviewBounds | undefined;
  readonly ahead?: ScanAhead | undefined;
  /** Where paths are kept for others as well. */
  readonly paths?: PathTable | undefined;
  /** See `FileTailOptions.saved`. */
  readonly saved?: ((file: string) => SavedTail | undefined) | undefined;
  /** Longer records are skipped. Bytes; 32 MiB when absent. */
  readonly maxRecordBytes?: number | undefined;
  /** The state of the source (not of a file) may be another one: ask `status()`. */
  readonly onDidChangeStatus?: (() => void) | undefined;
  /** The disk when absent; tests put faults in. */
  readonly access?: FileAccess | undefined;
  /** The events of the kernel when absent; tests lose, double and invent some. */
  readonly watch?: ((listener: FolderWatchListener) => FolderEvents) | undefined;
}

/** What is known of the source as a whole; the files tell their own through `RecordSink.status`. */
export type LogSourceStatus = Omit<SourceStatus, 'records' | 'skipped' | 'previewed'>;
