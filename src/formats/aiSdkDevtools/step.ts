import type { Message, Part, SpanContent } from '../../model/message';
import type { SpanPatch } from '../../model/span';
import { hasText } from '../fields/content';
import { toDurationMs } from '../fields/duration';
import { toError } from '../fields/errors';
import { readRequest, readResponse, toolNamesIn } from '../fields/exchange';
import { readParts, reasoningPart, textPart } from '../fields/parts';
import { toTime } from '../fields/time';
import { unwrapJson } from '../fields/unwrapJson';
import { at, type Fields, isFields, toId, toLabel, toText } from '../fields/values';
import { readRawUsage, readSdkUsage } from './rawUsage';

/** What the run of a step says of it. */
export interface StepRun {
  readonly traceId: string | undefined;
  readonly parentSpanId: string | undefined;
  readonly functionId: string | undefined;
}

/** A step is one request to a model. Its input, output and usage are JSON text. */
export function readStep(step: Fields, run: StepRun): SpanPatch {
  const { traceId } = run;
  const id = toId(step['id']);
  const output = unwrapJson(step['output']);
  const answer = readAnswer(output);
  const error = toLabel(step['error']);
  const durationMs = toDurationMs(step['duration_ms']);
  const isOver = durationMs !== undefined || hasText(output) === true;
  return {
    identity: id && `span:${traceId ?? ''}/${id}`,
    part: 'whole',
    kind: 'call',
    name: run.functionId ?? toLabel(step['type']) ?? 'call',
    requestId: toId(at(isFields(output) ? output : {}, ['response', 'id'])),
    traceId,
    spanId: id,
    parentSpanId: run.parentSpanId,
    provider: toLabel(step['provider']),
    model: toLabel(step['model_id']),
    startTime: toTime(step['started_at']),
    durationMs,
    usage:
      readSdkUsage(step['usage']) ??
      readRawUsage(step['raw_chunks']) ??
      readRawUsage(step['raw_response']),
    status: error === undefined ? (isOver ? 'ok' : 'running') : 'error',
    finishReason: finishReason(output),
    error: error === undefined ? undefined : toError(toText(step['error'])),
    toolCallNames: toolNamesIn(answer),
    hasInput: hasText(unwrapJson(step['input'])) === true,
    hasOutput: answer.length > 0,
    content: () => readContent(step),
  };
}

function readContent(step: Fields): SpanContent {
  return {
    ...readRequest(step['input']),
    outputMessages: readAnswer(unwrapJson(step['output'])),
  };
}

/** What was collected of a stream (`textParts`, `toolCalls`), the content of a response, or the text of an object. */
function readAnswer(output: unknown): readonly Message[] {
  if (!isFields(output)) {
    return [];
  }
  const { content, objectText } = output;
  if (Array.isArray(content)) {
    return content.length === 0 ? [] : readResponse({ role: 'assistant', content });
  }
  const parts: readonly Part[] = [
    ...texts(output['reasoningParts']).flatMap(reasoningPart),
    ...texts(output['textParts']).flatMap(textPart),
    ...(typeof objectText === 'string' ? textPart(objectText) : []),
    ...readParts(Array.isArray(output['toolCalls']) ? output['toolCalls'] : []),
  ];
  return parts.length === 0 ? [] : [{ role: 'assistant', parts }];
}

function texts(parts: unknown): readonly string[] {
  const list = Array.isArray(parts) ? parts.filter(isFields) : [];
  return list.flatMap(part => (typeof part['text'] === 'string' ? [part['text']] : []));
}

/** Text, or `{unified, raw}` from version 6 on. */
function finishReason(output: unknown): string | undefined {
  const reason = isFields(output) ? output['finishReason'] : undefined;
  return toLabel(isFields(reason) ? (reason['unified'] ?? reason['raw']) : reason);
}
