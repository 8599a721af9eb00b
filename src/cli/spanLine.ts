import type { SourceRef } from '../model/source';
import type { Span } from '../model/span';
import { toIso } from './display';

/** A place in a file; offset and length are bytes of the original file, or of the unpacked `entry`, which only such places have. */
export interface SourceLine {
  readonly file: string;
  readonly entry?: string;
  readonly offset: number;
  readonly length: number;
  readonly line: number | null;
}

export function toSourceLine(source: SourceRef, nameOf: (file: string) => string): SourceLine {
  const { offset, length, line } = source;
  return { file: nameOf(source.file), ...entryOf(source), offset, length, line: line ?? null };
}

/** The entry of a file that was unpacked; nothing for other files. */
export function entryOf({ entry }: SourceRef): { readonly entry?: string } {
  return entry === undefined ? {} : { entry };
}

/**
 * A span as `callsight calls --json` prints it. Every field is there; null is unknown. `join` says whether the trace id is the
 * span's own (`traceId`) or that of the trace it was joined to (`parent`, `session`, `inferred`).
 */
export function toSpanLine(span: Span, nameOf: (file: string) => string): object {
  const { usage, error } = span;
  return {
    key: span.key,
    requestId: span.requestId ?? null,
    traceId: span.traceId ?? span.joinedTraceId ?? null,
    join: span.join,
    spanId: span.spanId ?? null,
    parentSpanId: span.parentSpanId ?? null,
    sessionId: span.sessionId ?? null,
    kind: span.kind,
    name: span.name,
    provider: span.provider ?? null,
    model: span.model ?? null,
    startTime: toIso(span.startTime),
    durationMs: span.durationMs ?? null,
    timeToFirstTokenMs: span.timeToFirstTokenMs ?? null,
    usage: {
      inputTokens: usage.inputTokens ?? null,
      outputTokens: usage.outputTokens ?? null,
      cacheReadInputTokens: usage.cacheReadInputTokens ?? null,
      cacheCreationInputTokens: usage.cacheCreationInputTokens ?? null,
      reasoningOutputTokens: usage.reasoningOutputTokens ?? null,
      totalTokens: usage.totalTokens ?? null,
    },
    costUsd: span.cost?.usd ?? null,
    costSource: span.cost?.source ?? null,
    status: span.status,
    finishReason: span.finishReason ?? null,
    error: error
      ? {
          type: error.type ?? null,
          message: error.message,
          status: error.status ?? null,
          category: error.category,
        }
      : null,
    userId: span.userId ?? null,
    tags: span.tags,
    format: span.format,
    sources: span.sources.map(source => toSourceLine(source, nameOf)),
  };
}
