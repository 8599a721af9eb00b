import { type Beginning, contentAfter } from '../../model/beginning';
import type { Message, SpanContent } from '../../model/message';
import type { SpanPatch } from '../../model/span';
import type { Usage } from '../../model/usage';
import { calledTools, saysAnything } from '../fields/bodies';
import { readMessage, readMessages } from '../fields/messages';
import { readToolCalls, textPart } from '../fields/parts';
import { saidBefore } from '../fields/saidBefore';
import { readUsageObject } from '../fields/usage';
import { at, type Fields, isFields, toCount, toId, toLabel } from '../fields/values';

export function isSession(record: Fields): boolean {
  return (
    typeof record['sessionId'] === 'string' &&
    typeof record['workspaceDirectory'] === 'string' &&
    Array.isArray(record['history'])
  );
}

/** A saved session: what the model was sent is kept with its answer (`promptLogs`), if at all. */
export function readSession(session: Fields): SpanPatch[] {
  const history = Array.isArray(session['history']) ? session['history'].filter(isFields) : [];
  const sessionId = toId(session['sessionId']);
  const before = saidBefore(history, messagesOf);
  return history.flatMap((item, index) => {
    const message = isFields(item['message']) ? item['message'] : {};
    if (message['role'] !== 'assistant') {
      return [];
    }
    const logs = Array.isArray(item['promptLogs']) ? item['promptLogs'].filter(isFields) : [];
    const calls = logs.length === 0 ? [undefined] : logs;
    return calls.map((log, place) =>
      readCall(message, log, () => before(index), {
        identity: sessionId && `message:${sessionId}/${index}/${place}`,
        sessionId,
        hasInput: log !== undefined || index > 0,
        model: toLabel(session['chatModelTitle']),
      }),
    );
  });
}

function readCall(
  message: Fields,
  log: Fields | undefined,
  before: () => Beginning,
  ids: Pick<SpanPatch, 'identity' | 'sessionId' | 'model' | 'hasInput'>,
): SpanPatch {
  const answer = answerOf(message);
  return {
    ...ids,
    part: 'whole',
    kind: 'call',
    name: 'chat',
    provider: toLabel(log?.['modelProvider']),
    model: toLabel(log?.['modelTitle']) ?? ids.model,
    usage: readUsage(message['usage']),
    status: 'ok',
    toolCallNames: calledTools([answer]),
    hasOutput: saysAnything([answer]),
    content: () => {
      const said: Omit<SpanContent, 'inputMessages'> = {
        outputMessages: [saysAnything([answer]) ? answer : completionOf(log)],
        tools: [],
        params: isFields(log?.['completionOptions']) ? log['completionOptions'] : {},
      };
      return log === undefined
        ? contentAfter(before(), said)
        : { ...said, inputMessages: readMessages(log['prompt']) };
    },
  };
}

function readUsage(value: unknown): Usage | undefined {
  const usage = readUsageObject(value);
  const cached = isFields(value)
    ? toCount(at(value, ['promptTokensDetails', 'cachedTokens']))
    : undefined;
  return usage && { ...usage, cacheReadInputTokens: usage.cacheReadInputTokens ?? cached };
}

function messagesOf(item: Fields): readonly Message[] {
  return isFields(item['message']) ? [answerOf(item['message'])] : [];
}

function answerOf(message: Fields): Message {
  const said = readMessage(message, 'user');
  return { ...said, parts: [...said.parts, ...readToolCalls(message['toolCalls'])] };
}

function completionOf(log: Fields | undefined): Message {
  const completion = log?.['completion'];
  return { role: 'assistant', parts: textPart(typeof completion === 'string' ? completion : '') };
}
