import type { AuditFields } from '../model/audit';
import type { RecordingHint } from '../model/recordingHint';
import type { SpanPatch } from '../model/span';

/** What a format may know of the file besides the record itself. */
export interface ReadContext {
  /** Last part of the path: some writers put the time only there. */
  readonly fileName: string;
  /** Last modification of the file, epoch ms; only a last resort for a time. */
  readonly fileModifiedTime?: number | undefined;
}

/** What a record holds. Both empty: understood, and no call in it (a start-up message, say). */
export interface Reading {
  readonly spans: readonly SpanPatch[];
  readonly audit?: AuditFields | undefined;
}

interface LogFormatBase {
  /** Stable, kebab case: `llm-logger`. */
  readonly id: string;
  /** As people know it: `LLM logger (JSONL)`. */
  readonly title: string;
  /** A row of docs/formats.md. */
  readonly docs: {
    readonly writtenBy: string;
    readonly recognisedBy: string;
    readonly notes?: string;
  };
  readonly recordingHint?: RecordingHint | undefined;
}

/** A format whose records are JSON values. `matches` claims only its own: no record matches two formats but the generic one. */
export interface JsonFormat extends LogFormatBase {
  readonly container: 'json';
  /** The generic reader: asked after all others, so it may be broad. */
  readonly fallback?: boolean | undefined;
  matches(record: unknown, context: ReadContext): boolean;
  read(record: unknown, context: ReadContext): Reading;
}

/** Where a line of text stands in a record of several lines. */
export type LineRole = 'start' | 'continue' | 'end' | 'none';

/**
 * A format of text records, one line or many. A framer sees the lines in order (without line break, ANSI removed) and says
 * for each whether it starts a record, continues or ends the one that is open, or is none of its own. A record that has
 * no `end` line ends where the next one starts.
 */
export interface TextFormat extends LogFormatBase {
  readonly container: 'text';
  createFramer(): (line: string) => LineRole;
  /** `record` is the whole text of one record, lines joined by "\n". undefined: not understood after all. */
  read(record: string, context: ReadContext): Reading | undefined;
}

export type LogFormat = JsonFormat | TextFormat;
