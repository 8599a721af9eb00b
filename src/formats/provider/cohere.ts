import type { Part } from '../../model/message';
import type { Usage } from '../../model/usage';
import { readParts, readToolCalls, reasoningPart } from '../fields/parts';
import { readUsageObject } from '../fields/usage';
import { type Fields, firstOf, isFields, paths, toCount, toId, toLabel } from '../fields/values';
import { cohereStream } from './cohereStream';
import type { Dialect } from './dialect';
import type { ResponseFacts } from './facts';

const idPaths = paths('id generation_id response_id');
const usagePaths = paths('usage.tokens meta.tokens usage.billed_units meta.billed_units');
const cachedPaths = paths('usage.cached_tokens meta.cached_tokens');

/** Cohere's chat, version 2 and 1. https://docs.cohere.com/reference/chat */
export const cohere: Dialect = {
  isResponse: body => {
    const isAnswer =
      typeof body['finish_reason'] === 'string' && !('choices' in body) && !('object' in body);
    const isSecond =
      isFields(body['message']) && body['message']['role'] === 'assistant' && 'usage' in body;
    const isFirst = typeof body['text'] === 'string' && typeof body['generation_id'] === 'string';
    return isAnswer && typeof firstOf(body, idPaths, toId) === 'string' && (isSecond || isFirst);
  },
  readResponse,
  stream: cohereStream,
};

function readResponse(body: Fields): ResponseFacts {
  const finishReason = toLabel(body['finish_reason']);
  const parts = partsOf(body);
  const isFailed = finishReason === 'ERROR' || finishReason === 'ERROR_TOXIC';
  return {
    kind: 'call',
    name: 'chat',
    id: firstOf(body, idPaths, toId),
    model: toLabel(body['model']),
    provider: 'cohere',
    usage: readUsage(body),
    status: isFailed ? 'error' : finishReason === undefined ? 'unknown' : 'ok',
    finishReason,
    error: isFailed
      ? { type: finishReason, message: toLabel(body['error']) ?? finishReason }
      : undefined,
    messages: parts.length > 0 ? [{ role: 'assistant', parts }] : [],
  };
}

function partsOf(body: Fields): readonly Part[] {
  const message = isFields(body['message']) ? body['message'] : { content: body['text'] };
  return [
    // what the model means to do with the tools is not said to the user
    ...reasoningPart(message['tool_plan']),
    ...readParts(message['content']),
    ...readToolCalls(message['tool_calls'] ?? body['tool_calls']),
  ];
}

/** What the model read and wrote; the billed figures leave out what Cohere adds to the prompt. */
function readUsage(body: Fields): Usage | undefined {
  const usage = firstOf(body, usagePaths, readUsageObject);
  const cached = firstOf(body, cachedPaths, toCount);
  return usage && { ...usage, cacheReadInputTokens: cached ?? usage.cacheReadInputTokens };
}
