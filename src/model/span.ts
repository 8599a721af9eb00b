import type { SourceRef } from './source';
import type { SpanContent } from './message';
import type { Usage } from './usage';

export type SpanKind = 'call' | 'embedding' | 'tool' | 'agent' | 'retrieval' | 'chain' | 'event';
export type SpanStatus = 'ok' | 'error' | 'running' | 'unknown';

export interface SpanError {
  /** Class or type as logged: `RateLimitError`. */
  readonly type?: string | undefined;
  readonly message: string;
  /** HTTP status, when the log says one. */
  readonly status?: number | undefined;
}

/**
 * What one record says of one span. Formats make these, the store merges those of one identity; nobody else changes a
 * span. Times are epoch milliseconds (fractions allowed), durations milliseconds.
 */
export interface SpanPatch {
  /**
   * The span's own id in the log, with a prefix that says which kind of id: `request:81f9…`, `span:<trace>/<span>`,
   * `message:msg_…`. The same call written by two formats has the same identity. Absent when the log has no id: the span
   * is then known by its place (file and offset).
   */
  readonly identity?: string | undefined;
  /**
   * `whole`: the record says all there is; two of them with one identity must agree or they are two spans.
   * `start`, `update`, `end`: pieces of one span that complete each other, in any order.
   */
  readonly part: 'whole' | 'start' | 'update' | 'end';
  readonly kind: SpanKind;
  /** What a person would call it: `completion`, `chat`, a tool's or an agent's name. Empty in a piece that does not say. */
  readonly name: string;
  readonly requestId?: string | undefined;
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
  readonly parentSpanId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly provider?: string | undefined;
  /** As logged; the answering model when request and response differ. */
  readonly model?: string | undefined;
  readonly startTime?: number | undefined;
  readonly durationMs?: number | undefined;
  /** For pieces that know only their own time, epoch ms: gives the duration when no piece states it. */
  readonly endTime?: number | undefined;
  readonly timeToFirstTokenMs?: number | undefined;
  readonly usage?: Usage | undefined;
  /** Cost as the log states it, US dollars. */
  readonly loggedCostUsd?: number | undefined;
  readonly status: SpanStatus;
  readonly finishReason?: string | undefined;
  readonly error?: SpanError | undefined;
  readonly userId?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Names of the tools that this call asked for, in order. */
  readonly toolCallNames?: readonly string[] | undefined;
  /** Whether the record holds message text of the request and of the response. */
  readonly hasInput: boolean;
  readonly hasOutput: boolean;
  /** Reads the bodies out of the record. Called only when somebody looks. */
  readonly content?: (() => SpanContent) | undefined;
}

export interface Cost {
  readonly usd: number;
  /** `log`: the log says it; `computed`: tokens times list price. */
  readonly source: 'log' | 'computed';
}

/** How a span came into its trace. */
export type TraceJoin = 'traceId' | 'parent' | 'session' | 'inferred' | 'alone';

/** All that is kept of a span: everything but its bodies. Times epoch ms. */
export interface Span {
  /** Made of the log's own ids, or of file and offset when there are none. Stable across reloads. */
  readonly key: string;
  readonly traceKey: string;
  readonly join: TraceJoin;
  readonly requestId?: string | undefined;
  /** The span's own, as logged. */
  readonly traceId?: string | undefined;
  /** Id of the trace that a span without one was joined to; `join` says how. */
  readonly joinedTraceId?: string | undefined;
  readonly spanId?: string | undefined;
  readonly parentSpanId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly kind: SpanKind;
  readonly name: string;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  readonly startTime?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly timeToFirstTokenMs?: number | undefined;
  readonly usage: Usage;
  readonly cost?: Cost | undefined;
  readonly status: SpanStatus;
  readonly finishReason?: string | undefined;
  readonly error?: (SpanError & { readonly category: string }) | undefined;
  readonly userId?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly toolCallNames: readonly string[];
  readonly hasInput: boolean;
  readonly hasOutput: boolean;
  /** Id of the format that read it. */
  readonly format: string;
  readonly sources: readonly SourceRef[];
}

/** Whether a span is one request to a model, which is what is counted, summed and priced. */
export function isCall(span: { readonly kind: SpanKind }): boolean {
  return span.kind === 'call' || span.kind === 'embedding';
}

export function isFailed({ status }: Pick<Span, 'status'>): boolean {
  return status === 'error';
}
