import type { Part } from '../../model/message';
import { readParts } from '../fields/parts';
import { readToolCall, reasoningPart, textPart, toolResult } from '../fields/simpleParts';
import { toTime } from '../fields/time';
import { type Fields, isFields, toCount, toId, toLabel } from '../fields/values';
import type { Usage } from '../../model/usage';
import type { Dialect } from './dialect';
import { readProviderError } from './errorBody';
import type { ResponseFacts } from './facts';
import { assembleInteraction, interactionsStream } from './geminiInteractionsStream';
import { objectsIn } from './joined';

/** Gemini's Interactions API: what was done in steps. https://ai.google.dev/api/interactions-api */
export const geminiInteractions: Dialect = {
  isResponse: body =>
    body['object'] === 'interaction' &&
    (Array.isArray(body['steps']) || Array.isArray(body['outputs'])),
  readResponse,
  stream: { ...interactionsStream, assemble: assembleInteraction },
};

function readResponse(body: Fields): ResponseFacts {
  const said = toLabel(body['status']);
  const isFailed = said === 'failed' || isFields(body['error']);
  const isRunning = said === 'in_progress' || said === undefined;
  const startTime = toTime(body['created']);
  const endTime = toTime(body['updated']);
  const parts = [...objectsIn(body['steps']), ...objectsIn(body['outputs'])].flatMap(readStep);
  return {
    kind: 'call',
    name: 'interaction',
    id: toId(body['id']),
    model: toLabel(body['model']),
    provider: 'google',
    startTime,
    durationMs:
      startTime !== undefined && endTime !== undefined && endTime > startTime
        ? endTime - startTime
        : undefined,
    usage: isFields(body['usage']) ? readUsage(body['usage']) : undefined,
    status: isFailed ? 'error' : isRunning ? 'unknown' : 'ok',
    finishReason: isRunning ? undefined : said,
    error: isFailed ? readProviderError(body) : undefined,
    messages: parts.length > 0 ? [{ role: 'assistant', parts }] : [],
  };
}

/** Thoughts and what tools put into the prompt stand beside the output and input. */
function readUsage(usage: Fields): Usage {
  const count = (name: string): number | undefined => toCount(usage[name]);
  const plus = (one: number | undefined, other: number | undefined): number | undefined =>
    one === undefined || other === undefined ? one : one + other;
  return {
    inputTokens: plus(count('total_input_tokens'), count('total_tool_use_tokens')),
    outputTokens: plus(count('total_output_tokens'), count('total_thought_tokens')),
    cacheReadInputTokens: count('total_cached_tokens'),
    reasoningOutputTokens: count('total_thought_tokens'),
  };
}

function readStep(step: Fields): Part[] {
  const type = toLabel(step['type']) ?? '';
  if (type === 'thought') {
    return reasoningPart(step['summary'] ?? step['thought']);
  }
  if (type === 'model_output') {
    return readParts(step['content']);
  }
  if (type === 'text') {
    return textPart(typeof step['text'] === 'string' ? step['text'] : '');
  }
  if (type.endsWith('_call')) {
    const name = toLabel(step['name']) ?? type.slice(0, -'_call'.length);
    return [readToolCall({ id: step['id'], name, arguments: step['arguments'] })];
  }
  return type.endsWith('_result') ? [toolResult(step)] : [];
}
