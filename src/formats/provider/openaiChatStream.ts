import { type Fields, isFields, toId } from '../fields/values';
import type { StreamDialect } from './dialect';
import { firstKnown, lastKnown, objectsIn, PiecesByIndex, textOf } from './joined';

const chunkObjects = new Set(['chat.completion.chunk', 'chat.completion.done']);

/**
 * Chunks of a chat or text completion. Tokens are in the last one, which has no choices.
 * https://platform.openai.com/docs/api-reference/chat-streaming
 */
export const chatStream: StreamDialect = {
  isEvent: ({ object, choices }) =>
    Array.isArray(choices) &&
    (chunkObjects.has(textOf(object)) ||
      // a chunk of text looks like a whole response of text
      object === 'text_completion' ||
      (object !== 'chat.completion' && objectsIn(choices).some(hasDelta))),
  idOf: event => (event['id'] === '' ? undefined : toId(event['id'])),
  isStart: (event, hasEnded) => hasEnded && objectsIn(event['choices']).length > 0,
  isEnd: event => objectsIn(event['choices']).some(choice => isSaid(choice['finish_reason'])),
  bodyOf: event => event['choices'],
  assemble,
};

function hasDelta(choice: Fields): boolean {
  return isFields(choice['delta']);
}

function isSaid(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

interface ToolCall {
  id?: unknown;
  name?: unknown;
  arguments: string;
  /** Arguments that came as an object. */
  given?: unknown;
}

interface Choice {
  readonly text: string[];
  readonly reasoning: string[];
  readonly refusal: string[];
  readonly parts: unknown[];
  readonly calls: PiecesByIndex<ToolCall>;
  /** The answer as a whole, which some repeat at the end. */
  message?: Fields | undefined;
  isText: boolean;
  finishReason?: unknown;
  error?: unknown;
}

function assemble(events: readonly Fields[]): Fields {
  const choices = new PiecesByIndex<Choice>(newChoice);
  for (const event of events) {
    for (const choice of objectsIn(event['choices'])) {
      take(choices.at(choice['index']), choice);
    }
  }
  const joined = choices.values();
  return {
    object: joined.some(({ isText }) => isText) ? 'text_completion' : 'chat.completion',
    id: firstKnown(events, event => event['id']),
    model: firstKnown(events, event => event['model']),
    provider: firstKnown(events, event => event['provider']),
    created: firstKnown(events, event => event['created'] || undefined),
    usage: lastKnown(events, event => event['usage']),
    x_groq: lastKnown(events, event => event['x_groq']),
    error: lastKnown(events, event => event['error']),
    choices: joined.map(toChoice),
  };
}

function newChoice(): Choice {
  return {
    text: [],
    reasoning: [],
    refusal: [],
    parts: [],
    calls: new PiecesByIndex<ToolCall>(() => ({ arguments: '' })),
    isText: false,
  };
}

function take(choice: Choice, event: Fields): void {
  const delta = isFields(event['delta']) ? event['delta'] : {};
  const { content } = delta;
  if (typeof event['text'] === 'string') {
    choice.isText = true;
    choice.text.push(event['text']);
  }
  choice.text.push(textOf(content));
  for (const part of objectsIn(content)) {
    takePart(choice, part);
  }
  choice.reasoning.push(textOf(delta['reasoning_content'] ?? delta['reasoning']));
  choice.refusal.push(textOf(delta['refusal']));
  for (const [place, call] of objectsIn(delta['tool_calls']).entries()) {
    takeCall(choice.calls.at(call['index'] ?? call['id'] ?? place), call);
  }
  if (isFields(delta['function_call'])) {
    takeCall(choice.calls.at(0), { function: delta['function_call'] });
  }
  if (isFields(event['message'])) {
    choice.message = event['message'];
  }
  choice.finishReason = event['finish_reason'] ?? choice.finishReason;
  choice.error = event['error'] ?? choice.error;
}

/** Mistral streams lists of parts while it thinks. */
function takePart(choice: Choice, part: Fields): void {
  const { type, text, thinking } = part;
  if (type === 'text') {
    choice.text.push(textOf(text));
  } else if (type === 'thinking') {
    choice.reasoning.push(
      textOf(thinking),
      ...objectsIn(thinking).map(piece => textOf(piece['text'])),
    );
  } else {
    choice.parts.push(part);
  }
}

function takeCall(call: ToolCall, piece: Fields): void {
  const called = isFields(piece['function']) ? piece['function'] : piece;
  call.id ||= piece['id'];
  call.name ||= called['name'];
  const { arguments: given } = called;
  if (isFields(given)) {
    call.given = given;
  }
  call.arguments += textOf(given);
}

function toChoice(choice: Choice): Fields {
  const { message, finishReason, error } = choice;
  const text = choice.text.join('');
  if (choice.isText) {
    return { text, finish_reason: finishReason, error };
  }
  const reasoning = choice.reasoning.join('');
  // a fragment of arguments without the name says nothing alone
  const calls = choice.calls.values().filter(({ name }) => isSaid(name));
  const joined = {
    role: 'assistant',
    content: choice.parts.length > 0 ? [text, ...choice.parts] : text,
    reasoning_content: reasoning,
    refusal: choice.refusal.join('') || undefined,
    tool_calls: calls.map(({ id, name, arguments: json, given }) => ({
      id,
      function: { name, arguments: given ?? json },
    })),
  };
  return {
    message:
      message !== undefined && textOf(message['content']).length > text.length ? message : joined,
    finish_reason: finishReason,
    error,
  };
}
