import type { Message, Part, SpanContent } from '../../model/message';
import type { SpanError, SpanPatch } from '../../model/span';
import { hasText } from '../fields/content';
import { toDurationMs } from '../fields/duration';
import { toError } from '../fields/errors';
import { readTools, toolNamesIn } from '../fields/exchange';
import { readToolCalls, reasoningPart, textPart } from '../fields/parts';
import { toTime } from '../fields/time';
import { toolRunContent } from '../fields/toolRun';
import { readUsageObject } from '../fields/usage';
import { at, type Fields, isFields, toId, toLabel, toText } from '../fields/values';
import { readRawMessage } from './rawMessage';

/** Whether the value is an entry of the request log. */
export function isEntry(value: unknown): value is Fields {
  if (!isFields(value) || typeof value['id'] !== 'string') {
    return false;
  }
  switch (value['kind']) {
    case 'request':
      return typeof value['type'] === 'string' && 'name' in value;
    case 'toolCall':
      return 'tool' in value && 'args' in value;
    case 'element':
      return 'tokens' in value && 'maxTokens' in value;
    default:
      return false;
  }
}

/** Id of the user's request, which all calls have that it caused. */
export function requestOf(entry: Fields): string | undefined {
  return toId(at(entry, ['metadata', 'ourRequestId']) ?? at(entry, ['metadata', 'requestId']));
}

/** A request to a model; one that only shows some Markdown is none. */
export function readRequestEntry(
  entry: Fields,
  traceId: string | undefined,
): SpanPatch | undefined {
  const metadata = isFields(entry['metadata']) ? entry['metadata'] : {};
  const type = toText(entry['type']);
  if (type === 'MarkdownContentRequest') {
    return undefined;
  }
  const id = toId(entry['id']);
  const response = isFields(entry['response']) ? entry['response'] : {};
  const isCancelled = type === 'ChatMLCancelation' || response['type'] === 'cancelled';
  const error = isCancelled ? undefined : readFailure(type, response);
  const durationMs = toDurationMs(metadata['duration']);
  const answer = readAnswer(response);
  return {
    identity: id && `request:${id}`,
    part: 'whole',
    kind: 'call',
    name: toLabel(entry['name']) ?? 'request',
    requestId: toId(metadata['serverRequestId'] ?? metadata['requestId']),
    traceId,
    spanId: id,
    model: toLabel(metadata['model']),
    startTime: toTime(metadata['startTime']),
    durationMs,
    endTime: toTime(metadata['endTime']),
    timeToFirstTokenMs: toDurationMs(metadata['timeToFirstToken']),
    usage: readUsageObject(metadata['usage']),
    status: error ? 'error' : isCancelled ? 'unknown' : 'ok',
    finishReason: isCancelled ? 'cancelled' : undefined,
    error,
    toolCallNames: toolNamesIn(answer),
    hasInput: hasText(at(entry, ['requestMessages', 'messages'])) === true,
    hasOutput: answer.length > 0,
    content: () => readContent(entry, metadata, answer),
  };
}

/** A tool that was run; its time is that of the end. */
export function readToolEntry(
  entry: Fields,
  traceId: string | undefined,
  parentSpanId: string | undefined,
): SpanPatch {
  // Copilot puts a mark of its own after the id that the model gave
  const id = toId(entry['id'])?.split('__vscode-')[0];
  const name = toLabel(entry['tool']) ?? 'unnamed tool';
  const { response } = entry;
  return {
    identity: id && `tool:${id}`,
    part: 'whole',
    kind: 'tool',
    name,
    traceId,
    spanId: toId(entry['id']),
    parentSpanId,
    startTime: toTime(entry['time']),
    status: 'ok',
    hasInput: hasText(entry['args']) === true,
    hasOutput: hasText(response) === true,
    content: () =>
      toolRunContent({
        id,
        name,
        input: entry['args'],
        output: Array.isArray(response) ? response.map(toText).join('\n') : response,
      }),
  };
}

function readFailure(type: string, response: Fields): SpanError | undefined {
  if (!type.endsWith('Failure') && response['type'] !== 'failure') {
    return undefined;
  }
  const reason = response['reason'] ?? response['error'] ?? response['message'] ?? type;
  return toError(toText(reason), toLabel(response['errorType']));
}

function readAnswer(response: Fields): readonly Message[] {
  const said =
    response['type'] === 'failure' ? undefined : (response['message'] ?? response['value']);
  const texts = Array.isArray(said) ? said : [said];
  const parts: readonly Part[] = [
    ...reasoningPart(at(response, ['thinking', 'text'])),
    ...texts.flatMap(text => (typeof text === 'string' ? textPart(text) : [])),
    ...readToolCalls(response['toolCalls'] ?? response['copilotToolCalls']),
  ];
  return parts.length === 0 ? [] : [{ role: 'assistant', parts }];
}

function readContent(entry: Fields, metadata: Fields, answer: readonly Message[]): SpanContent {
  const messages = at(entry, ['requestMessages', 'messages']);
  return {
    inputMessages: Array.isArray(messages) ? messages.filter(isFields).map(readRawMessage) : [],
    outputMessages: answer,
    tools: readTools(metadata['tools']),
    params: isFields(metadata['postOptions']) ? metadata['postOptions'] : {},
  };
}
