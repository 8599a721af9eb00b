import { readMessage } from '../fields/messages';
import { toTime } from '../fields/time';
import { readUsageObject } from '../fields/usage';
import { type Fields, isFields, toLabel, toNumber } from '../fields/values';
import type { Message } from '../../model/message';
import type { Dialect } from './dialect';
import type { ResponseFacts } from './facts';
import { firstKnown, lastKnown, objectsIn, textOf } from './joined';

/**
 * Ollama's own API: a line of a stream looks like a whole response, durations are nanoseconds, `created_at` is the time of
 * the writing. https://github.com/ollama/ollama/blob/main/docs/api.md
 */
export const ollama: Dialect = {
  isResponse: isOllama,
  readResponse,
  stream: {
    isEvent: isOllama,
    idOf: () => undefined,
    isStart: (_event, hasEnded) => hasEnded,
    isEnd: event => event['done'] === true,
    bodyOf: event => event['message'] ?? event['response'] ?? event['thinking'],
    assemble,
  },
};

function isOllama(body: Fields): boolean {
  return (
    typeof body['done'] === 'boolean' &&
    typeof body['model'] === 'string' &&
    typeof body['created_at'] === 'string' &&
    (isFields(body['message']) || typeof body['response'] === 'string')
  );
}

function readResponse(body: Fields): ResponseFacts {
  const isDone = body['done'] === true;
  const nanoseconds = toNumber(body['total_duration']);
  const durationMs = nanoseconds === undefined || nanoseconds < 0 ? undefined : nanoseconds / 1e6;
  const writtenAt = toTime(body['created_at']);
  return {
    kind: 'call',
    name: isFields(body['message']) ? 'chat' : 'text_completion',
    model: toLabel(body['model']),
    provider: 'ollama',
    startTime: writtenAt === undefined ? undefined : writtenAt - (durationMs ?? 0),
    durationMs,
    usage: readUsageObject(body),
    status: isDone ? 'ok' : 'unknown',
    finishReason: toLabel(body['done_reason']) ?? (isDone ? 'stop' : undefined),
    messages: readAnswer(body),
  };
}

function readAnswer(body: Fields): Message[] {
  const { message, response, thinking } = body;
  const said = isFields(message) ? message : { content: response, thinking };
  const read = readMessage({ ...said, reasoning_content: said['thinking'] }, 'assistant');
  return read.parts.length > 0 ? [{ ...read, role: 'assistant' }] : [];
}

function assemble(lines: readonly Fields[]): Fields {
  const last = lines.at(-1) ?? {};
  const messages = lines.map(line => line['message']).filter(isFields);
  const joined = (pieces: readonly Fields[], name: string): string =>
    pieces.map(piece => textOf(piece[name])).join('');
  return {
    ...last,
    created_at: lastKnown(lines, line => line['created_at']),
    model: firstKnown(lines, line => line['model']),
    ...(messages.length > 0
      ? {
          message: {
            role: 'assistant',
            content: joined(messages, 'content'),
            thinking: joined(messages, 'thinking'),
            tool_calls: messages.flatMap(message => objectsIn(message['tool_calls'])),
          },
        }
      : { response: joined(lines, 'response'), thinking: joined(lines, 'thinking') }),
  };
}
