import { type Beginning, contentAfter } from '../../model/beginning';
import type { Message } from '../../model/message';
import type { SpanError, SpanPatch } from '../../model/span';
import { answerOnly, calledTools, joinNeighbours, saysAnything } from '../fields/bodies';
import { withoutZeros } from '../fields/call';
import { toError } from '../fields/errors';
import { saidBefore } from '../fields/saidBefore';
import { toTime } from '../fields/time';
import { at, type Fields, isFields, toId, toLabel, toNumber, toText } from '../fields/values';
import { partMessages, readTool } from './parts';
import { readCost, readTokens } from './tokens';

export interface StoredMessage {
  readonly info: Fields;
  /** Empty where parts lie in files of their own. */
  readonly parts: readonly Fields[];
}

/** The calls and runs of tools of messages in one document, which is what was said before each of them. */
export function readMessages(messages: readonly StoredMessage[]): SpanPatch[] {
  const first = messages.findIndex(({ parts }) => parts.length > 0);
  const before = saidBefore(messages, said);
  return messages.flatMap((message, index) =>
    readMessage(message, first >= 0 && first < index, () => before(index)),
  );
}

/** A call, when the model wrote the message, and the runs of its tools. */
function readMessage(
  { info, parts }: StoredMessage,
  hasInput: boolean,
  before: () => Beginning,
): SpanPatch[] {
  const id = toId(info['id']);
  if (info['role'] !== 'assistant') {
    return [];
  }
  const error = readError(info['error']);
  const prompt = toId(info['parentID']);
  const session = toId(info['sessionID']);
  const usage = readTokens(info['tokens']);
  const cost = readCost(info['cost']);
  const answers = parts.flatMap(partMessages);
  const traceId = session && prompt && `${session}/${prompt}`;
  const call: SpanPatch = {
    identity: id === undefined ? undefined : `message:${id}`,
    part: 'update',
    kind: 'call',
    name: 'chat',
    traceId,
    spanId: id,
    sessionId: session,
    provider: toLabel(info['providerID']) ?? toLabel(at(info, ['model', 'providerID'])),
    model: toLabel(info['modelID']) ?? toLabel(at(info, ['model', 'modelID'])),
    startTime: toTime(at(info, ['time', 'created'])),
    endTime: toTime(at(info, ['time', 'completed'])),
    usage: error ? withoutZeros(usage) : usage,
    // nothing was counted for a request that failed
    loggedCostUsd: error && cost === 0 ? undefined : cost,
    status: error ? 'error' : 'completed' in timeOf(info) ? 'ok' : 'unknown',
    finishReason: toLabel(info['finish']),
    error,
    toolCallNames: calledTools(answers),
    hasInput,
    hasOutput: saysAnything(answers),
    content: () =>
      contentAfter(
        before(),
        joinNeighbours([answerOnly(parts.flatMap(partMessages).filter(isAnswer))]),
      ),
  };
  const tools = parts.filter(part => part['type'] === 'tool');
  return [call, ...tools.map(part => readTool(part, traceId))];
}

/** `{name: 'MessageAbortedError', data: {message, statusCode}}`. */
function readError(value: unknown): SpanError | undefined {
  if (!isFields(value)) {
    return undefined;
  }
  const status = toNumber(at(value, ['data', 'statusCode']));
  const isHttp = status !== undefined && status >= 400 && status <= 599;
  const name = toLabel(value['name']);
  const message = toText(at(value, ['data', 'message']) ?? value['message'] ?? name ?? 'failed');
  return toError(message, name, isHttp ? status : undefined);
}

function said({ info, parts }: StoredMessage): readonly Message[] {
  const system = toLabel(info['system']);
  const role = info['role'] === 'user' ? 'user' : 'assistant';
  const messages = parts
    .flatMap(partMessages)
    .map(message => (message.role === 'assistant' ? { ...message, role } : message));
  return system === undefined
    ? messages
    : [{ role: 'system', parts: [{ type: 'text', text: system }] }, ...messages];
}

function isAnswer(message: Message): boolean {
  return message.role === 'assistant';
}

function timeOf(info: Fields): Fields {
  return isFields(info['time']) ? info['time'] : {};
}
