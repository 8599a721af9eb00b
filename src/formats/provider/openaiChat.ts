import type { Message } from '../../model/message';
import { readMessage } from '../fields/messages';
import { textPart } from '../fields/parts';
import { secondsToMs } from '../fields/seconds';
import { toTime } from '../fields/time';
import { readUsageObject } from '../fields/usage';
import {
  at,
  type Fields,
  firstOf,
  isFields,
  paths,
  toId,
  toLabel,
  toNumber,
} from '../fields/values';
import type { Dialect } from './dialect';
import { readProviderError } from './errorBody';
import type { ResponseFacts } from './facts';
import { objectsIn } from './joined';
import { chatStream } from './openaiChatStream';

const costPaths = paths('usage.cost usage.cost.total_cost usage.total_cost');
/** Groq writes the seconds of each call beside its tokens. */
const secondsPaths = paths('usage.total_time x_groq.usage.total_time');
const usagePaths = paths('usage x_groq.usage');

/**
 * OpenAI's chat and text completions, and everybody who copies them: Azure, Groq, DeepSeek, Mistral, xAI, OpenRouter,
 * vLLM, … https://platform.openai.com/docs/api-reference/chat/object
 */
export const openaiChat: Dialect = {
  isResponse: body => {
    const { object, choices } = body;
    return (
      Array.isArray(choices) &&
      (object === 'chat.completion' || object === 'text_completion' || isBareCompletion(body))
    );
  },
  readResponse,
  stream: chatStream,
};

/** Some leave `object` out. */
function isBareCompletion({ object, id, model, choices }: Fields): boolean {
  const [first] = objectsIn(choices);
  return (
    (object === undefined || object === null || object === '') &&
    typeof id === 'string' &&
    typeof model === 'string' &&
    first !== undefined &&
    isFields(first['message'])
  );
}

function readResponse(body: Fields): ResponseFacts {
  const choices = objectsIn(body['choices']);
  const finishReason = choices
    .map(choice => toLabel(choice['finish_reason']))
    .find(reason => reason !== undefined);
  // OpenRouter answers 200 with an error in the choice
  const failed = [body, ...choices].find(holder => isFields(holder['error']));
  const durationMs = firstOf(body, secondsPaths, secondsToMs);
  const isText = body['object'] === 'text_completion';
  return {
    kind: 'call',
    name: isText ? 'text_completion' : 'chat',
    id: toId(body['id']),
    model: toLabel(body['model']),
    provider:
      toLabel(body['provider'])?.toLowerCase() ?? (isFields(body['x_groq']) ? 'groq' : undefined),
    startTime: toTime(body['created']),
    durationMs: durationMs === 0 ? undefined : durationMs,
    usage: firstOf(body, usagePaths, readUsageObject),
    costUsd: firstOf(body, costPaths, toCost),
    status: failed ? 'error' : finishReason === undefined ? 'unknown' : 'ok',
    finishReason,
    error: failed && readProviderError(failed),
    messages: choices.flatMap(readChoice),
  };
}

function readChoice(choice: Fields): Message[] {
  const message = choice['message'];
  if (isFields(message)) {
    const read = readMessage(withAudioText(message), 'assistant');
    return read.parts.length > 0 ? [read] : [];
  }
  const { text } = choice;
  return typeof text === 'string' ? [{ role: 'assistant', parts: textPart(text) }] : [];
}

/** An answer in sound has its words in the transcript. */
function withAudioText(message: Fields): Fields {
  const transcript = at(message, ['audio', 'transcript']);
  return typeof transcript === 'string' && !message['content']
    ? { ...message, content: transcript }
    : message;
}

function toCost(value: unknown): number | undefined {
  const cost = toNumber(value);
  return cost !== undefined && cost >= 0 ? cost : undefined;
}
