import type { AuditFields } from '../model/audit';
import type { RecordingHint } from '../model/recordingHint';
import type { Message, SpanContent } from '../model/message';
import type { SpanPatch } from '../model/span';

/** What a format may know of the file besides the record itself. */
export interface ReadContext {
  /** Last part of the path: some writers put the time only there. */
  readonly fileName: string;
  /** Last modification of the file, epoch ms; only a last resort for a time. */
  readonly fileModifiedTime?: number | undefined;
}

/** What a record holds. All empty: understood, and no call in it (a start-up message, say). */
export interface Reading {
  readonly spans: readonly SpanPatch[];
  readonly audit?: AuditFields | undefined;
  readonly turn?: Turn | undefined;
  /** The session that the record is part of, for logs in which a session may have no span. */
  readonly sessionId?: string | undefined;
}

/**
 * What a record adds to a conversation that the log tells piece by piece and never repeats. The input of a call whose record
 * has a turn is made of the turns before it: those of the same thread in the same file, back to the beginning.
 */
export interface Turn {
  /** Tells conversations of one file apart: the main one, a sub-agent's. */
  readonly thread: string;
  /** For logs that write a message again when more of it is known: the last record with an id replaces those before. */
  readonly id?: string | undefined;
  /** Called only when somebody looks. */
  readonly messages: () => readonly Message[];
}

interface LogFormatBase {
  /** Stable, kebab case: `llm-logger`. */
  readonly id: string;
  /** As people know it: `LLM logger (JSONL)`. */
  readonly title: string;
  /** A row of docs/formats.md; tests read it, in the bundles it is left out (`scripts/lib/without-docs.mjs`). */
  readonly docs: {
    /** Where its writer or its documentation says what is in it; absent for formats without one. */
    readonly schema?: string;
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
  /** Asked before all others, whatever read the record before: what it claims, a person has said. */
  readonly first?: boolean | undefined;
  matches(record: unknown, context: ReadContext): boolean;
  /**
   * Reads a record alone. A record that is looked at later is read again this way, so bodies, turns, and number and order of
   * its spans must not depend on the records before it.
   */
  read(record: unknown, context: ReadContext): Reading;
  /** For formats whose records need those before them: one reader a file, which is given the file's records in order. */
  open?(context: ReadContext): FileReader;
  /** The pieces of one span lie in files of their own: one in another file is no copy. */
  readonly isSpreadOverFiles?: boolean | undefined;
  /** Bodies may be written in a way in which their words are not to be seen in the bytes of the record (base64). */
  readonly mayEncodeBodies?: boolean | undefined;
  /** Puts the bodies of the pieces of one span together, in file order, when adding up their messages is not enough. */
  joinPieces?(contents: readonly SpanContent[]): SpanContent;
}

/** Reads the records of one file in order and remembers what later ones need: the model, the user's turn, a running total. */
export interface FileReader {
  /** Whether the record is one of this file's, now that its beginning is known; `matches` of the format when absent. */
  matches?(record: unknown): boolean;
  read(record: unknown): Reading;
  /** Whether a record with this reading (as `JsonFormat.read` gives it) is read so here, too, while the reader is idle, and leaves it idle. */
  leavesNoTrace?(reading: Reading): boolean;
  /** Whether nothing is remembered that such a record would be read by. Never, when absent. */
  isIdle?(): boolean;
  /**
   * Whether a new reader of the same file that is told to go on (`goOn`) would read all that follows as this one: then this one need not be
   * kept while nothing is written. Never, when absent.
   */
  isReplaceable?(): boolean;
  /** The file had a record that this format read before; there was nothing else to remember. */
  goOn?(): void;
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
