import type { Part } from '../../model/message';
import type { SpanStatus } from '../../model/span';
import { readParts } from '../fields/parts';
import { toTime } from '../fields/time';
import { readUsageObject } from '../fields/usage';
import { at, type Fields, isFields, toId, toLabel } from '../fields/values';
import type { Dialect } from './dialect';
import { readProviderError } from './errorBody';
import type { ResponseFacts } from './facts';
import { objectsIn } from './joined';
import { responsesStream } from './openaiResponsesStream';
import { readRequestBody } from './request';

/** OpenAI's Responses API and its likes (Azure, xAI, LM Studio). https://platform.openai.com/docs/api-reference/responses/object */
export const openaiResponses: Dialect = {
  isResponse: body => body['object'] === 'response' && ('output' in body || 'status' in body),
  readResponse,
  stream: responsesStream,
};

const statuses: ReadonlyMap<string, SpanStatus> = new Map([
  ['completed', 'ok'],
  ['incomplete', 'ok'],
  ['failed', 'error'],
  ['cancelled', 'error'],
  ['in_progress', 'running'],
  ['queued', 'running'],
]);

function readResponse(body: Fields): ResponseFacts {
  const said = toLabel(body['status']);
  const error = isFields(body['error']) ? readProviderError(body) : undefined;
  const status = error ? 'error' : (statuses.get(said ?? '') ?? 'unknown');
  const startTime = toTime(body['created_at']);
  const endTime = toTime(body['completed_at']);
  const parts = objectsIn(body['output']).flatMap(readItem);
  return {
    kind: 'call',
    name: 'chat',
    id: toId(body['id']),
    model: toLabel(body['model']),
    startTime,
    durationMs:
      startTime === undefined || endTime === undefined || endTime <= startTime
        ? undefined
        : endTime - startTime,
    usage: readUsageObject(body['usage']),
    status,
    finishReason:
      toLabel(at(body, ['incomplete_details', 'reason'])) ??
      (status === 'running' ? undefined : said),
    error: error ?? (status === 'error' ? { message: `status: ${said}` } : undefined),
    messages: parts.length > 0 ? [{ role: 'assistant', parts }] : [],
    request: readRequestBody({ ...body, output: undefined }),
  };
}

function readItem(item: Fields): Part[] {
  return readParts(item['type'] === 'message' ? item['content'] : [item]);
}
