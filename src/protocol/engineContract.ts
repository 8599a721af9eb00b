import * as z from 'zod/mini';
import type { AuditEntry } from '../model/audit';
import type { CostDetail } from '../model/costDetail';
import type { Diagnostic, ErrorDiagnosis } from '../model/diagnostic';
import type { SpanContent } from '../model/message';
import type { PromptSize } from '../model/promptSize';
import type { Skipped, SourceRef } from '../model/source';
import type { Span } from '../model/span';
import type { Stats } from '../model/stats';
import type { Trace } from '../model/trace';
import type { RecordingHint } from '../model/recordingHint';
import type { Mapping, MappingSuggestion } from '../model/mapping';
import { mappingSchema, maxMappings } from './mapping';
import type { Page } from './page';
import { method } from './rpc';
import type { DiscoveredFolder, FileStatus, KnownLogs, SourceStatus } from './sourceStatus';

export type { CostDetail } from '../model/costDetail';
export type { Stats } from '../model/stats';
export type { Page } from './page';

/** Of a folder or a file. */
const place = z.string().check(z.minLength(1));
const page = { start: z.int().check(z.minimum(0)), end: z.int().check(z.minimum(0)) };
/** `status:error model:gpt-4o* latency:>2s "free text"`; empty = all. */
const filter = z._default(z.string().check(z.maxLength(2000)), '');
/**
 * Milliseconds after which a list is given as far as it is known, while the words of the filter are still looked for in the
 * bodies; a `search` event says when there is more. Without it, the answer comes when everything has been searched.
 */
const withinMs = z.optional(z.int().check(z.minimum(0)));
export const groupBySchema = z.enum(['trace', 'session', 'model', 'file', 'day']);
export type GroupBy = z.infer<typeof groupBySchema>;

/** A heading of the Traces tree: a session, a model, a file or a day (day in the reader's time zone). */
export interface Group {
  readonly id: string;
  readonly label: string;
  readonly traces: number;
  readonly calls: number;
  readonly errors: number;
  readonly costUsd?: number | undefined;
  readonly unpricedCalls: number;
  readonly latestTime?: number | undefined;
}

/** Where a trace stands in the Traces tree. */
export interface TracePlace {
  /** Its group, and where that stands; undefined: traces are not grouped. */
  readonly group?:
    | { readonly id: string; readonly label: string; readonly index: number }
    | undefined;
  /** Its place among the traces of its group, or among all. */
  readonly index: number;
}

/** Some of the traces of a list; `total` are those from where it begins. */
export interface TracePage extends Page<Trace> {
  /** Traces that are newer than the one that the list was wanted from. */
  readonly newer: number;
}

/** What a filter lets through, as far as it is known. */
export interface MatchCount {
  readonly calls: number;
  readonly ofCalls: number;
  readonly traces: number;
  /** 0..1 while calls are looked through, and bodies searched for the words of the filter: there may be more. */
  readonly searching?: number | undefined;
  readonly problem?:
    | { readonly message: string; readonly start: number; readonly end: number }
    | undefined;
}

/** A record as it is on disk. `text` is bounded; `omittedBytes` says by how much. */
export interface RawRecord {
  readonly source: SourceRef;
  readonly text: string;
  readonly omittedBytes: number;
  /** The bytes there are no longer the ones that were indexed. */
  readonly changedOnDisk: boolean;
}

export interface SpanDetail {
  readonly span: Span;
  /** undefined: the log holds no text for this span (or it cannot be read: then `contentProblem` says why). */
  readonly content?: SpanContent | undefined;
  readonly contentProblem?: string | undefined;
  /** Given when text of the request or of the response is missing. */
  readonly recordingHint?: RecordingHint | undefined;
  readonly cost?: CostDetail | undefined;
  /** Why the cost is unknown, when it is. */
  readonly costUnknown?: string | undefined;
  readonly diagnosis?: ErrorDiagnosis | undefined;
  /** Keys of the attempts of one request that this call is one of, in order, a fallback to another model last; else empty. */
  readonly attempts: readonly string[];
  /** What filled the prompt; undefined without its text. */
  readonly prompt?: PromptSize | undefined;
  /** The diagnosis says so: what filled the prompt is the answer. */
  readonly isPromptTooLarge: boolean;
  readonly findings: readonly Diagnostic[];
  readonly raw: readonly RawRecord[];
  /** Leading input messages that are the same as in the call before it. */
  readonly resentMessages: number;
  readonly previousKey?: string | undefined;
}

export interface TraceDetail {
  readonly trace: Trace;
  /** All spans in time order, those without a time in file order. Of a long trace a part; `trace.spans` is the true number. */
  readonly spans: readonly Span[];
  /** Spans that stand before those of such a part and are not among them. */
  readonly before: number;
  readonly audit: readonly AuditEntry[];
}

/** A finding with the place it was found at. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  readonly category: string;
  readonly spanKey: string;
  readonly traceKey: string;
  readonly spanName: string;
  readonly model?: string | undefined;
  readonly time?: number | undefined;
  readonly source: SourceRef;
}

export interface FindingGroup {
  readonly category: string;
  readonly title: string;
  readonly severity: Diagnostic['severity'];
  /** Whether these calls failed; else a rule has noticed something, however severe. */
  readonly isFailure: boolean;
  readonly count: number;
  readonly firstTime?: number | undefined;
  readonly latestTime?: number | undefined;
  readonly models: readonly string[];
}

export interface FindingGroups {
  readonly groups: readonly FindingGroup[];
  /** 0..1: of the traces so many have been looked at, the newest first. What the rules over bodies say may come later. */
  readonly share: number;
  /** What the rules over the whole log say is still to come: there are so many calls that they are compared in the background. */
  readonly isComparing: boolean;
}

export const engineContract = {
  /** Adds a folder or a file and follows it. Resolves when the first listing is done; reading goes on. */
  addSource: method<{ path: string }, SourceStatus>(z.object({ path: place })),
  /** What is not read yet of a source is not read; what was read stays, and new lines are read. */
  stopReading: method<{ path: string }, null>(z.object({ path: place })),
  /** Goes on where it was stopped. */
  resumeReading: method<{ path: string }, null>(z.object({ path: place })),
  removeSource: method<{ path: string }, null>(z.object({ path: place })),
  /** Looks for folders with logs below a folder, by content, bounded in depth and number of files. */
  discover: method<{ path: string }, readonly DiscoveredFolder[]>(z.object({ path: place })),
  /** Where well-known tools keep their logs, and whether they are there; looks into none. `folders`: of the workspace. */
  listKnownLogs: method<{ folders: readonly string[] }, readonly KnownLogs[]>(
    z.object({ folders: z.array(z.string()).check(z.maxLength(1000)) }),
  ),
  /** Settles when everything that was on disk at the time of asking has been read. */
  whenIdle: method<Record<string, never>, null>(z.object({})),
  configure: method<
    {
      inferTraces?: boolean | undefined;
      rules?: Record<string, string> | undefined;
      budget?: { perTraceUsd?: number | undefined; perDayUsd?: number | undefined } | undefined;
      mappings?: readonly Mapping[] | undefined;
    },
    null
  >(
    z.object({
      inferTraces: z.optional(z.boolean()),
      rules: z.optional(z.record(z.string(), z.string())),
      /** US dollars; goes with `rules`. */
      budget: z.optional(
        z.object({ perTraceUsd: z.optional(z.number()), perDayUsd: z.optional(z.number()) }),
      ),
      /** When they change, everything is read again. */
      mappings: z.optional(z.array(mappingSchema).check(z.maxLength(maxMappings))),
    }),
  ),
  /** Looks into the beginning of a file for JSON records, and guesses which of their fields are what. */
  suggestMapping: method<{ file: string }, MappingSuggestion>(z.object({ file: place })),
  listSources: method<Record<string, never>, readonly SourceStatus[]>(z.object({})),
  listFiles: method<{ source: string; start: number; end: number }, Page<FileStatus>>(
    z.object({ source: z.string(), ...page }),
  ),
  listSkipped: method<{ file: string; start: number; end: number }, Page<Skipped>>(
    z.object({ file: z.string(), ...page }),
  ),
  /** Groups, latest first. `trace` has none: ask listTraces. */
  listGroups: method<
    {
      groupBy: GroupBy;
      filter?: string | undefined;
      withinMs?: number | undefined;
      start: number;
      end: number;
    },
    Page<Group>
  >(z.object({ groupBy: groupBySchema, filter, withinMs, ...page })),
  /** Traces, newest first, of one group or of all. `from`: key of the trace that they are to begin with; one that is gone, or undefined: the newest. */
  listTraces: method<
    {
      groupBy?: GroupBy | undefined;
      group?: string | undefined;
      filter?: string | undefined;
      from?: string | undefined;
      withinMs?: number | undefined;
      start: number;
      end: number;
    },
    TracePage
  >(
    z.object({
      groupBy: z.optional(groupBySchema),
      group: z.optional(z.string()),
      from: z.optional(z.string()),
      filter,
      withinMs,
      ...page,
    }),
  ),
  /** The first place of a trace among those that a filter lets through; null: it is not among them. */
  findPlace: method<
    {
      traceKey: string;
      groupBy: GroupBy;
      filter?: string | undefined;
      withinMs?: number | undefined;
    },
    TracePlace | null
  >(z.object({ traceKey: z.string(), groupBy: groupBySchema, filter, withinMs })),
  /** Counts under a filter, for the message of the view. A filter that does not parse says where. */
  countMatches: method<{ filter: string; withinMs?: number | undefined }, MatchCount>(
    z.object({ filter: z.string().check(z.maxLength(2000)), withinMs }),
  ),
  /** Keys of the spans of a trace that a filter lets through, in time order, as far as they are known; bounded by `maxPage`. */
  listMatches: method<{ traceKey: string; filter: string }, readonly string[]>(
    z.object({ traceKey: z.string(), filter: z.string().check(z.maxLength(2000)) }),
  ),
  /** Nobody wants to know any more what this filter finds: its search ends at once. */
  stopSearch: method<{ filter: string }, null>(
    z.object({ filter: z.string().check(z.maxLength(2000)) }),
  ),
  /** `spanKey`: of a long trace, the part with this span is wanted. */
  getTrace: method<{ traceKey: string; spanKey?: string | undefined }, TraceDetail | null>(
    z.object({ traceKey: z.string(), spanKey: z.optional(z.string()) }),
  ),
  getSpan: method<{ key: string }, SpanDetail | null>(z.object({ key: z.string() })),
  /** The span whose record covers this place of a file, if any. */
  findSpanAt: method<{ file: string; line: number }, Span | null>(
    z.object({ file: z.string(), line: z.int() }),
  ),
  listFindingGroups: method<Record<string, never>, FindingGroups>(z.object({})),
  /**
   * Finds out all that is to be said of what is there now. The answer, how far that is (0..1), comes when it is done, or after `withinMs`;
   * then it goes on.
   */
  settleFindings: method<{ withinMs?: number | undefined }, number>(z.object({ withinMs })),
  listFindings: method<{ category: string; start: number; end: number }, Page<Finding>>(
    z.object({ category: z.string(), ...page }),
  ),
  /** Findings of the calls whose first record is in this file, in no order. */
  listFindingsOfFile: method<{ file: string; start: number; end: number }, Page<Finding>>(
    z.object({ file: z.string(), ...page }),
  ),
  getStats: method<Record<string, never>, Stats>(z.object({})),
  diagnoseMessage: method<
    {
      message: string;
      type?: string | undefined;
      status?: number | undefined;
      provider?: string | undefined;
      model?: string | undefined;
    },
    ErrorDiagnosis
  >(
    z.object({
      message: z.string().check(z.maxLength(1_000_000)),
      type: z.optional(z.string()),
      status: z.optional(z.number()),
      provider: z.optional(z.string()),
      model: z.optional(z.string()),
    }),
  ),
};

/** What changed, never the data: whoever shows it asks again. At most one every 100 ms. */
export interface EngineChange {
  readonly revision: number;
  /** Traces that are new or different; undefined: too many to list, refresh all. */
  readonly traceKeys?: readonly string[] | undefined;
  readonly spanKeys?: readonly string[] | undefined;
  readonly sources: boolean;
}
export type EngineEvent =
  | { readonly type: 'change'; readonly change: EngineChange }
  /** More is known of what a filter finds of which a part was given out. At most one every 100 ms; the last one when all is known. */
  | { readonly type: 'search'; readonly filter: string }
  | { readonly type: 'log'; readonly level: 'info' | 'warn' | 'error'; readonly text: string };
