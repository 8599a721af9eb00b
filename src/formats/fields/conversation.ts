import { type Beginning, contentAfter } from '../../model/beginning';
import type { Message } from '../../model/message';
import type { SpanPatch } from '../../model/span';
import { answerOnly, calledTools, saysAnything } from './bodies';
import { readMessage } from './messages';
import { saidBefore } from './saidBefore';
import { type Fields, isFields } from './values';

/** What a format knows of a call besides the conversation. */
type CallFacts = Partial<
  Pick<
    SpanPatch,
    'identity' | 'requestId' | 'model' | 'usage' | 'loggedCostUsd' | 'finishReason' | 'startTime'
  >
>;

/** Whether a value is a list of messages with roles, told by its first ones. */
export function isMessageList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0 && value.slice(0, 3).every(isChatMessage);
}

/**
 * A conversation that was saved as a whole: every message of the assistant answers all messages before it. Its calls lie
 * under one span for the whole, which carries what is only known in total.
 */
export function readConversation(
  messages: readonly Fields[],
  factsOf: (message: Fields, index: number) => CallFacts,
  whole: Partial<SpanPatch> & Pick<SpanPatch, 'name'>,
): SpanPatch[] {
  const before = saidBefore(messages, message => [readMessage(message, 'user')]);
  const calls = messages.flatMap((message, index) =>
    roleOf(message) === 'assistant'
      ? [readCall(message, { before, index }, factsOf(message, index), whole)]
      : [],
  );
  const root: SpanPatch = {
    part: 'whole',
    kind: 'agent',
    spanId: 'conversation',
    status: whole.error ? 'error' : 'ok',
    hasInput: false,
    hasOutput: false,
    ...whole,
  };
  return calls.length === 0 ? [] : [root, ...calls];
}

/** Where a message stands in its conversation. */
interface Place {
  readonly before: (index: number) => Beginning;
  readonly index: number;
}

function readCall(
  message: Fields,
  { before, index }: Place,
  facts: CallFacts,
  whole: Partial<SpanPatch>,
): SpanPatch {
  const answer = [readMessage(message, 'assistant')];
  return {
    part: 'whole',
    kind: 'call',
    name: 'chat',
    traceId: whole.traceId,
    parentSpanId: whole.spanId ?? 'conversation',
    sessionId: whole.sessionId,
    model: whole.model,
    status: 'ok',
    toolCallNames: calledTools(answer),
    hasInput: index > 0,
    hasOutput: saysAnything(answer),
    content: () => contentAfter(before(index), answerOnly([readMessage(message, 'assistant')])),
    ...facts,
  };
}

/** Gemini's own word for the assistant is `model`. */
function roleOf(message: Fields): Message['role'] | undefined {
  const { role } = message;
  return role === 'model' || role === 'ai'
    ? 'assistant'
    : typeof role === 'string'
      ? role
      : undefined;
}

function isChatMessage(value: unknown): boolean {
  return (
    isFields(value) &&
    typeof value['role'] === 'string' &&
    ('content' in value || 'parts' in value || 'tool_calls' in value)
  );
}
