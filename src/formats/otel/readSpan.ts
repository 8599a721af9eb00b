import type { SpanContent } from '../../model/message';
import type { SpanKind, SpanPatch } from '../../model/span';
import { withoutZeros } from '../fields/call';
import { toId } from '../fields/values';
import { hasSpanInput, hasSpanOutput, readSpanBodies, readSpanOutput } from './bodies/index';
import { hasToolInput, hasToolOutput, readToolBodies, readToolName } from './bodies/tool';
import {
  readEntity,
  readFinishReason,
  readFirstToken,
  readLoggedCost,
  readModelName,
  readProvider,
  readSession,
  readSpanParams,
  readSpanTags,
  readUser,
} from './facts';
import { kindOf } from './kind';
import { type SpanData } from './spanData';
import { readSpanError } from './spanError';
import { readSpanUsage } from './tokens';

/** What a span says, whichever conventions its attributes follow. */
export function readSpan(span: SpanData): SpanPatch {
  const kind = kindOf(span);
  const isCall = kind === 'call' || kind === 'embedding';
  const error = readSpanError(span);
  const usage = isCall || kind === 'agent' ? readSpanUsage(span) : undefined;
  const output = isCall ? readSpanOutput(span) : [];
  // ids spelled out: spreading them into an object of this size costs as much as the rest of the reading (measured)
  return {
    identity: identityOf(span),
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    part: 'whole',
    kind,
    name: readSpanName(span, kind),
    requestId: isCall
      ? toId(span.attributes.first('gen_ai.response.id', 'ai.response.id', 'llm.response.id'))
      : undefined,
    sessionId: readSession(span),
    provider: isCall ? readProvider(span) : undefined,
    model: isCall ? readModelName(span) : undefined,
    startTime: span.startTime,
    durationMs: durationOf(span),
    timeToFirstTokenMs: isCall ? readFirstToken(span) : undefined,
    usage: error ? withoutZeros(usage) : usage,
    loggedCostUsd: isCall ? readLoggedCost(span) : undefined,
    status: error ? 'error' : span.status === 'ok' || span.endTime !== undefined ? 'ok' : 'unknown',
    finishReason: isCall ? readFinishReason(span) : undefined,
    error,
    userId: readUser(span),
    tags: readSpanTags(span),
    toolCallNames: output.flatMap(message =>
      message.parts.flatMap(part => (part.type === 'toolCall' ? part.name : [])),
    ),
    hasInput: kind === 'tool' ? hasToolInput(span) : hasSpanInput(span),
    hasOutput:
      kind === 'tool'
        ? hasToolOutput(span)
        : isCall
          ? output.some(message => message.parts.length > 0)
          : hasSpanOutput(span),
    content: () => readContent(span, kind),
  };
}

/** A span is known by its trace and its own id, the same in every encoding. */
function identityOf({ name, attributes, traceId, spanId }: SpanData): string | undefined {
  // Claude Code also logs an event about each request and each tool, which has their own id but not the span's
  const ownId =
    name === 'claude_code.llm_request'
      ? toId(attributes.first('request_id'))
      : name === 'claude_code.tool'
        ? toId(attributes.first('gen_ai.tool.call.id', 'tool_use_id'))
        : undefined;
  if (ownId !== undefined) {
    return name === 'claude_code.tool' ? `tool:${ownId}` : `request:${ownId}`;
  }
  return traceId === undefined || spanId === undefined ? undefined : `span:${traceId}/${spanId}`;
}

function readContent(span: SpanData, kind: SpanKind): SpanContent {
  return kind === 'tool'
    ? { ...readToolBodies(span), params: readSpanParams(span) }
    : readSpanBodies(span);
}

function readSpanName(span: SpanData, kind: SpanKind): string {
  const own = span.name === '' ? kind : span.name;
  if (kind === 'tool') {
    return readToolName(span) ?? own;
  }
  return kind === 'agent'
    ? (span.attributes.label('gen_ai.agent.name', 'ai.telemetry.functionId') ??
        readEntity(span.attributes, 'agent') ??
        own)
    : own;
}

/** Milliseconds; both ends are some 1e12, so what is left below a microsecond is rounding. */
function durationOf({ startTime, endTime }: SpanData): number | undefined {
  return startTime === undefined || endTime === undefined || endTime < startTime
    ? undefined
    : Math.round((endTime - startTime) * 1e3) / 1e3;
}
