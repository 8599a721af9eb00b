import type { SpanError, SpanPatch } from '../../model/span';
import { answerOnly, calledTools, saysAnything, toolBodies } from '../fields/bodies';
import { withoutZeros } from '../fields/call';
import { toDurationMs } from '../fields/duration';
import { toError } from '../fields/errors';
import { readParts } from '../fields/parts';
import { toTime } from '../fields/time';
import { readUsageObject } from '../fields/usage';
import { at, type Fields, isFields, toId, toLabel, toNumber, toText } from '../fields/values';
import { contentBlocks, isFailure, messageOf, saidMessages, sessionOf } from './records';

/** What the records before say of one. */
export interface Place {
  readonly traceId?: string | undefined;
  /** Of the span above: the run of a sub-agent, or the tool call that started it. */
  readonly parentSpanId?: string | undefined;
  /** When the call that this record belongs to was sent, epoch ms. */
  readonly sentAt?: number | undefined;
  readonly hasInput: boolean;
  /** The file holds the record twice. */
  readonly isRepeated: boolean;
  /** Names of tools by the id of their call. */
  readonly toolName: (id: string | undefined) => string | undefined;
}

/** Every line of one answer repeats its id; the usage on it is that of the first moment, so it only grows. */
export function readAnswer(record: Fields, place: Place): SpanPatch[] {
  const message = messageOf(record);
  if (message === undefined) {
    return [];
  }
  const error = isFailure(record) ? readFailure(record) : undefined;
  const id = callId(record, message);
  const usage = readUsageObject(message['usage']);
  const own = toTime(record['timestamp']);
  const logged = toDurationMs(record['durationMs']);
  const startTime = logged === undefined || own === undefined ? place.sentAt : own - logged;
  const said = saidMessages(record);
  const call: SpanPatch = {
    identity: id.identity,
    part: 'update',
    kind: 'call',
    name: 'chat',
    requestId: toId(record['requestId']) ?? id.spanId,
    traceId: place.traceId,
    spanId: id.spanId,
    parentSpanId: place.parentSpanId,
    sessionId: sessionOf(record),
    model: message['model'] === '<synthetic>' ? undefined : toLabel(message['model']),
    startTime: startTime ?? own,
    durationMs: logged,
    // without the time at which it was sent there is no duration
    endTime: startTime === undefined ? undefined : own,
    usage: error ? withoutZeros(usage) : usage,
    loggedCostUsd: costOf(record['costUSD']),
    status: error ? 'error' : 'ok',
    finishReason: finishReasonOf(record, message),
    error,
    // what stands here a second time was not said again
    toolCallNames: place.isRepeated ? [] : calledTools(said),
    hasInput: place.hasInput && !place.isRepeated,
    hasOutput: !error && !place.isRepeated && saysAnything(said),
    content: () => answerOnly(error ? [] : saidMessages(record)),
  };
  return [call, ...contentBlocks(record).flatMap(block => toolStart(block, record, call))];
}

/** Results of tools, and the run of the sub-agent when the tool was one. */
export function readResults(record: Fields, place: Place): SpanPatch[] {
  const results = contentBlocks(record).filter(block => block['type'] === 'tool_result');
  const spans = results.map(block => toolEnd(block, record, place));
  const agent = readAgentRun(record, toId(results[0]?.['tool_use_id']), place);
  return agent ? [...spans, agent] : spans;
}

/** A request that failed and is tried again: something that happened to a call, and no call of its own. */
export function readRetry(record: Fields, place: Place): SpanPatch {
  const error = isFields(record['error']) ? record['error'] : {};
  const message =
    toLabel(at(error, ['error', 'error', 'message'])) ??
    toLabel(error['message']) ??
    toLabel(error['formatted']) ??
    toLabel(at(error, ['cause', 'code'])) ??
    'API error';
  const type = toLabel(at(error, ['error', 'error', 'type'])) ?? toLabel(error['type']);
  const status = toNumber(error['status']);
  const uuid = toId(record['uuid']);
  return {
    identity: uuid === undefined ? undefined : `message:${uuid}`,
    part: 'update',
    kind: 'event',
    name: 'retry',
    traceId: place.traceId,
    spanId: uuid,
    parentSpanId: place.parentSpanId,
    sessionId: sessionOf(record),
    startTime: toTime(record['timestamp']),
    status: 'error',
    error: toError(message, type, isHttpError(status) ? status : undefined),
    hasInput: false,
    hasOutput: false,
  };
}

/** The last line of `stream-json`: totals of the whole run, which are no call's. */
export function readRunResult(record: Fields): SpanPatch {
  const error = record['is_error'] === true ? toText(record['result'] ?? record['subtype']) : '';
  return {
    identity: undefined,
    part: 'whole',
    kind: 'agent',
    name: 'claude',
    sessionId: sessionOf(record),
    durationMs: toDurationMs(record['duration_ms']),
    usage: readUsageObject(record['usage']),
    loggedCostUsd: costOf(record['total_cost_usd']),
    status: record['is_error'] === true ? 'error' : 'ok',
    error: record['is_error'] === true ? toError(error) : undefined,
    hasInput: false,
    hasOutput: false,
  };
}

function callId(record: Fields, message: Fields): { identity?: string; spanId?: string } {
  const id = toId(message['id']) ?? toId(record['requestId']) ?? toId(record['uuid']);
  return id === undefined ? {} : { identity: `message:${id}`, spanId: id };
}

function toolStart(block: Fields, record: Fields, call: SpanPatch): SpanPatch[] {
  const id = toId(block['id']);
  if (block['type'] !== 'tool_use' || id === undefined) {
    return [];
  }
  return [
    {
      identity: `tool:${id}`,
      part: 'start',
      kind: 'tool',
      name: toLabel(block['name']) ?? 'tool',
      traceId: call.traceId,
      spanId: id,
      parentSpanId: call.spanId,
      sessionId: call.sessionId,
      startTime: toTime(record['timestamp']),
      // it may wait for a person, or its result may be in a file that is not here
      status: 'unknown',
      hasInput: true,
      hasOutput: false,
      content: () => toolBodies(readParts([block])[0], undefined),
    },
  ];
}

function toolEnd(block: Fields, record: Fields, place: Place): SpanPatch {
  const id = toId(block['tool_use_id']);
  const isError = block['is_error'] === true;
  return {
    identity: id === undefined ? undefined : `tool:${id}`,
    part: id === undefined ? 'whole' : 'end',
    kind: 'tool',
    name: place.toolName(id) ?? 'tool',
    traceId: place.traceId,
    spanId: id,
    sessionId: sessionOf(record),
    startTime: id === undefined ? toTime(record['timestamp']) : undefined,
    endTime: toTime(record['timestamp']),
    status: isError ? 'error' : 'ok',
    error: isError ? toError(textOf(block['content'])) : undefined,
    hasInput: false,
    hasOutput: true,
    content: () => toolBodies(undefined, readParts([block])[0]),
  };
}

function readAgentRun(
  record: Fields,
  toolId: string | undefined,
  place: Place,
): SpanPatch | undefined {
  const result = record['toolUseResult'];
  const agentId = isFields(result) ? toId(result['agentId']) : undefined;
  if (!isFields(result) || agentId === undefined) {
    return undefined;
  }
  const durationMs = toDurationMs(result['totalDurationMs']);
  const endTime = toTime(record['timestamp']);
  return {
    // the id of the tool call survives a copy into the file of a resumed session; the session's own does not
    identity: `agent:${toolId ?? sessionOf(record) ?? ''}/${agentId}`,
    part: 'update',
    kind: 'agent',
    name: toLabel(result['agentType']) ?? 'sub-agent',
    traceId: place.traceId,
    spanId: agentSpanId(agentId),
    parentSpanId: toolId,
    sessionId: sessionOf(record),
    startTime: endTime === undefined ? undefined : endTime - (durationMs ?? 0),
    durationMs,
    status: 'ok',
    hasInput: false,
    hasOutput: false,
  };
}

/** Span id of a sub-agent's run, which its calls in another file name as the span above them. */
export function agentSpanId(agentId: string): string {
  return `agent:${agentId}`;
}

function readFailure(record: Fields): SpanError {
  const text = textOf(messageOf(record)?.['content']);
  const logged = toNumber(record['apiErrorStatus']);
  const status = logged ?? toNumber(/^API Error: ([45]\d\d)\b/.exec(text)?.[1]);
  return toError(text, toLabel(record['error']), isHttpError(status) ? status : undefined);
}

function isHttpError(status: number | undefined): status is number {
  return status !== undefined && status >= 400 && status <= 599;
}

function finishReasonOf(record: Fields, message: Fields): string | undefined {
  const reason = toLabel(message['stop_reason']);
  return reason ?? (record['isAbortedMidStream'] === true ? 'aborted' : undefined);
}

function costOf(value: unknown): number | undefined {
  const cost = toNumber(value);
  return cost !== undefined && cost >= 0 ? cost : undefined;
}

function textOf(content: unknown): string {
  const text = readParts(content)
    .flatMap(part => (part.type === 'text' ? part.text : []))
    .join('\n');
  return text === '' ? 'failed without a message' : text;
}
