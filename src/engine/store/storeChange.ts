import type { AuditFields } from '../../model/audit';
import type { Skipped, SourceRef } from '../../model/source';
import type { SpanPatch } from '../../model/span';
import type { FileReadStatus } from '../recordSink';
import type { KeptRecord } from './logFile';

/** One thing that was learnt of the disk. */
export type StoreChange =
  | {
      readonly type: 'record';
      readonly record: KeptRecord;
      readonly patches: readonly SpanPatch[];
      readonly audit: AuditFields | undefined;
      /** See `ParsedRecord.isPreview`. */
      readonly isPreview?: boolean | undefined;
    }
  | {
      readonly type: 'skipped';
      readonly range: Skipped;
      readonly isPreview?: boolean | undefined;
    }
  /** The last record or skipped range of the file will be given again, longer. */
  | { readonly type: 'retract'; readonly source: SourceRef }
  | { readonly type: 'status'; readonly file: string; readonly status: FileReadStatus }
  | {
      readonly type: 'forget';
      readonly file: string;
      readonly entry?: string | undefined;
      /** Only the preview; else the preview, too. */
      readonly isPreview?: boolean | undefined;
    };
