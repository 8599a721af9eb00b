import type { EngineEvent, Finding, engineContract } from '../protocol/engineContract';
import type { KeptIndex } from './keep/indexKeeper';
import type { Handlers } from '../protocol/rpc';
import type { SpanContent } from '../model/message';
import type { SourceRef } from '../model/source';
import type { Span } from '../model/span';

/** A line of `callsight records`. Offsets and hashes are of the original bytes. */
export type RecordLine =
  | {
      readonly id: string | null;
      readonly format: string;
      readonly source: SourceRef;
      /** Hex. Only when the engine was made with `hashRecords`. */
      readonly sha256?: string | undefined;
    }
  | { readonly skipped: string; readonly source: SourceRef };

/** What cannot be read, or not all of it: a source or a file below one. */
export interface ReadProblem {
  /** Absolute. */
  readonly path: string;
  /** One plain sentence. */
  readonly message: string;
}

export interface EngineOptions {
  /** Look at the disk by polling only, no file events. */
  readonly poll?: boolean | undefined;
  /** Read what is there to the end and follow nothing. */
  readonly final?: boolean | undefined;
  /** Of a long file give the records at its end at once, and again when those before them were read. */
  readonly newestFirst?: boolean | undefined;
  /** Bundle of the thread that searches bodies; without it they are searched in the engine's own. */
  readonly searchThread?: string | undefined;
  /** Bundle of the thread that scans long files while they are read to their end (`final`); without it that is done in the engine's own. */
  readonly scanThread?: string | undefined;
  /** Where what is known is kept for the next start; nowhere when absent. */
  readonly kept?: KeptIndex | undefined;
  /** Whether costs are wanted; true when absent. */
  readonly prices?: boolean | undefined;
  /** Keep the SHA-256 of every record as it was read, for `records` and `watch`. */
  readonly hashRecords?: boolean | undefined;
}

/** The data engine in one thread: what the worker serves and the command line calls directly. */
export interface Engine {
  readonly handlers: Handlers<typeof engineContract>;
  /** Somebody is going to ask something: work that nobody waits for gives way for a moment. */
  noteQuestion(): void;
  onEvent(listener: (event: EngineEvent) => void): () => void;
  /** All spans in time order; summaries only. */
  spans(): Iterable<Span>;
  /** Those that a filter lets through, in time order, when its words have been looked for everywhere. */
  matchingSpans(filter: string): Promise<readonly Span[]>;
  /** Spans that hold a text as it is, in what is kept of them or in their bodies, as they are found: the newest files first. */
  search(text: string): AsyncIterable<Span>;
  span(key: string): Span | undefined;
  /** The bodies of a span, with the conversation before it. */
  content(key: string): SpanContent | undefined;
  /** What is believed of the disk right now, file by file in offset order. */
  records(): Iterable<RecordLine>;
  /** What is wrong with the sources right now; empty when all goes well. */
  problems(): Iterable<ReadProblem>;
  /** Every finding of all logs; reads the bodies of the calls for it. */
  findings(): Promise<Iterable<Finding>>;
  dispose(): Promise<void>;
}
