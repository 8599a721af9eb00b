import type { SpanPatch } from '../../model/span';
import { hasText } from '../fields/content';
import { toError } from '../fields/errors';
import { toolNamesIn } from '../fields/exchange';
import { secondsToMs } from '../fields/seconds';
import { toTime } from '../fields/time';
import { toolRunContent } from '../fields/toolRun';
import { at, type Fields, isFields, toId, toLabel, toText } from '../fields/values';
import { inputOf, withAttachments } from './attachments';
import { readChatMessages } from './chatMessage';
import { readModelCost, readModelUsage } from './modelUsage';

/** Where an event stands. */
export interface EventPlace {
  readonly sample: Fields;
  readonly traceId: string;
  readonly parentSpanId: string | undefined;
  /** Tells events without an id apart: their order among the events of the sample. */
  readonly ordinal: number;
}

/**
 * A call of a model.
 * https://github.com/UKGovernmentBEIS/inspect_ai/blob/main/src/inspect_ai/event/_model.py
 */
export function readModelEvent(event: Fields, place: EventPlace): SpanPatch {
  const { sample } = place;
  const output = isFields(event['output']) ? event['output'] : {};
  const [choice] = Array.isArray(output['choices']) ? output['choices'].filter(isFields) : [];
  const answer = readChatMessages(choice === undefined ? [] : [choice['message']]);
  const spanId = toId(event['uuid']) ?? `model@${toText(event['timestamp'])}#${place.ordinal}`;
  const model = toLabel(event['model']) ?? toLabel(output['model']);
  const message = event['error'] ?? output['error'];
  const isFailed = typeof message === 'string' && message.trim() !== '';
  const isPending = event['pending'] === true;
  return {
    identity: `span:${place.traceId}/${spanId}`,
    part: 'whole',
    kind: 'call',
    name: toLabel(event['role']) ?? 'generate',
    requestId: toId(at(event, ['call', 'response', 'id'])),
    traceId: place.traceId,
    spanId,
    parentSpanId: place.parentSpanId,
    provider: model?.includes('/') === true ? model.split('/')[0] : undefined,
    model,
    ...timesOf(event, output['time']),
    usage: readModelUsage(output['usage']),
    loggedCostUsd: readModelCost(output['usage']),
    status: isFailed ? 'error' : isPending ? 'running' : 'ok',
    finishReason: toLabel(choice?.['stop_reason']),
    error: isFailed ? toError(message.trim()) : undefined,
    tags: event['cache'] === 'read' ? { cache: 'read' } : undefined,
    toolCallNames: toolNamesIn(answer),
    hasInput: inputOf(event, sample).length > 0,
    hasOutput: answer.some(({ parts }) => parts.length > 0),
    content: () => ({
      inputMessages: readChatMessages(
        withAttachments(inputOf(event, sample), sample['attachments']),
      ),
      outputMessages: readChatMessages(
        withAttachments(choice === undefined ? [] : [choice['message']], sample['attachments']),
      ),
      tools: toolsOf(withAttachments(event['tools'], sample['attachments'])),
      params: isFields(event['config']) ? event['config'] : {},
    }),
  };
}

/** A tool's run. */
export function readToolEvent(event: Fields, place: EventPlace): SpanPatch {
  const id = toId(event['id']);
  const name = toLabel(event['function']) ?? 'unnamed tool';
  const failure = event['error'];
  const error = isFields(failure)
    ? toError(toText(failure['message'] ?? failure['type'] ?? 'failed'), toLabel(failure['type']))
    : undefined;
  const isPending = event['pending'] === true;
  const { attachments } = place.sample;
  return {
    identity: id && `tool:${place.traceId}/${id}`,
    part: 'whole',
    kind: 'tool',
    name,
    traceId: place.traceId,
    spanId: id && `tool/${id}`,
    parentSpanId: place.parentSpanId,
    ...timesOf(event, undefined),
    status: error ? 'error' : isPending ? 'running' : 'ok',
    error,
    hasInput: hasText(event['arguments']) === true,
    hasOutput: hasText(event['result']) === true,
    content: () =>
      toolRunContent({
        id,
        name,
        input: withAttachments(event['arguments'], attachments),
        output: withAttachments(event['result'], attachments),
        isError: error ? true : undefined,
      }),
  };
}

/** Events that have a `completed` were written at their start, those of old versions at their end. */
function timesOf(
  event: Fields,
  seconds: unknown,
): Pick<SpanPatch, 'startTime' | 'durationMs' | 'endTime'> {
  const written = toTime(event['timestamp']);
  const completed = toTime(event['completed']);
  const durationMs = secondsToMs(event['working_time'] ?? seconds);
  if (completed !== undefined || written === undefined) {
    return { startTime: written, durationMs, endTime: completed };
  }
  return { startTime: written - (durationMs ?? 0), durationMs };
}

function toolsOf(tools: unknown): ReturnType<NonNullable<SpanPatch['content']>>['tools'] {
  return Array.isArray(tools)
    ? tools.filter(isFields).map(tool => ({
        name: toLabel(tool['name']) ?? 'unnamed tool',
        description: typeof tool['description'] === 'string' ? tool['description'] : undefined,
        parameters: tool['parameters'],
      }))
    : [];
}
