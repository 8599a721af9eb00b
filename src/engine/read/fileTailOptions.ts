import type { LogFormat } from '../../formats/format';
import type { RecordSink } from '../recordSink';
import type { ScanAhead } from '../scan/ahead/scanAhead';
import type { PreviewBounds } from './bounds';
import type { FileAccess } from './fileAccess';
import type { UnpackSlot } from './packed/unpackSlot';
import type { SavedTail } from './savedTail';
import type { SharedWindow } from './sharedWindow';

/** What all files of a source have in common. */
export interface FileTailOptions {
  /** Path of the bytes of a file: another one when the source itself is a link. */
  readonly targetOf: (file: string) => string;
  readonly sink: RecordSink;
  readonly formats: readonly LogFormat[];
  readonly access: FileAccess;
  readonly window: SharedWindow;
  readonly slot: UnpackSlot;
  readonly maxRecordBytes: number;
  /** The end of the file is its end; nothing will come. */
  readonly final: boolean;
  /** Give the end of a long file before the rest. */
  readonly preview: PreviewBounds | undefined;
  /** Has windows of a long file ready before they are read. */
  readonly ahead?: ScanAhead | undefined;
  /** What another process knew of a file, to go on from. */
  readonly saved?: ((file: string) => SavedTail | undefined) | undefined;
  /** What is read at once; `baseWindowBytes` when absent. */
  readonly windowBytes?: number | undefined;
}

/** When to look at the file next. `later`: others are first. `gone`: it is not there any more. */
export type NextLook = 'now' | 'later' | 'onChange' | 'gone' | { readonly inMs: number };
