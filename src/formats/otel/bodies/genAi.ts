import type { Message } from '../../../model/message';
import { readMessage, readMessages } from '../../fields/messages';
import { readOutput } from '../../fields/output';
import { readParts } from '../../fields/parts';
import { type Fields, isFields, toLabel } from '../../fields/values';
import { type Attributes, decodeJson } from '../attributes';
import type { EventData, SpanData } from '../spanData';

// OpenTelemetry's conventions for GenAI, all generations of them:
// https://github.com/open-telemetry/semantic-conventions/blob/main/docs/gen-ai/gen-ai-spans.md

/** The event that may carry what else stands in attributes of the span. */
export const detailsEvent = 'gen_ai.client.inference.operation.details';
const messageEvent = /^gen_ai\.(system|user|assistant|tool)\.message$/;

export function genAiInput(span: SpanData): readonly Message[] {
  const { attributes } = withDetails(span);
  const messages = readMessages(withToolParts(attributes.json('gen_ai.input.messages')));
  return [...systemInstructions(attributes, messages), ...messages];
}

export function genAiOutput(span: SpanData): readonly Message[] {
  return readOutput(withToolParts(withDetails(span).attributes.json('gen_ai.output.messages')));
}

/** The oldest generation: one attribute of JSON text, on the span or on an event of it. */
export function promptAttribute({ attributes, events }: SpanData): readonly Message[] {
  const event = events.find(({ name }) => name === 'gen_ai.content.prompt')?.attributes;
  return readMessages(decodeText(event?.get('gen_ai.prompt') ?? attributes.get('gen_ai.prompt')));
}

export function completionAttribute({ attributes, events }: SpanData): readonly Message[] {
  const event = events.find(({ name }) => name === 'gen_ai.content.completion')?.attributes;
  return readOutput(
    decodeText(event?.get('gen_ai.completion') ?? attributes.get('gen_ai.completion')),
  );
}

/** One event a message, before the messages were attributes. */
export function inputEvents({ events }: SpanData): readonly Message[] {
  return events.flatMap(event => (event.name === 'gen_ai.choice' ? [] : messageOfEvent(event)));
}

export function outputEvents({ events }: SpanData): readonly Message[] {
  return events.flatMap(event => (event.name === 'gen_ai.choice' ? messageOfEvent(event) : []));
}

/** The message of a `gen_ai.….message` or `gen_ai.choice` event; none for other events. */
export function messageOfEvent({ name, attributes }: EventData): readonly Message[] {
  const role = messageEvent.exec(name)?.[1];
  if (role === undefined && name !== 'gen_ai.choice') {
    return [];
  }
  const body = Object.fromEntries(attributes.startingWith(''));
  const packed = attributes.json('gen_ai.event.content');
  const event: Fields = isFields(packed) ? { ...body, ...packed } : body;
  if (role !== undefined) {
    return [readMessage(decoded(event, role), role)];
  }
  const choice = decodeJson(event['message'] ?? event['delta']);
  const message = isFields(choice)
    ? choice
    : { content: choice ?? event['content'], tool_calls: event['tool_calls'] };
  return [readMessage(decoded(message, 'assistant'), 'assistant')];
}

/** Whether an event is about the messages of a call. */
export function isMessageEvent(name: string): boolean {
  return (
    name === 'gen_ai.choice' ||
    name === detailsEvent ||
    name.startsWith('gen_ai.content.') ||
    messageEvent.test(name)
  );
}

function withDetails(span: SpanData): { readonly attributes: Attributes } {
  if (span.attributes.has('gen_ai.input.messages', 'gen_ai.output.messages')) {
    return span;
  }
  return span.events.find(event => event.name === detailsEvent) ?? span;
}

function systemInstructions(
  attributes: Attributes,
  messages: readonly Message[],
): readonly Message[] {
  const parts = readParts(attributes.json('gen_ai.system_instructions'));
  const isRepeated = messages.some(message => message.role === 'system');
  return parts.length === 0 || isRepeated ? [] : [{ role: 'system', parts }];
}

/** A message whose content and tool calls may be JSON as text, as attributes cannot nest. */
function decoded(message: Fields, defaultRole: string): Fields {
  const content = message['content'];
  const parts =
    typeof content === 'string' && /^\s*\[/.test(content) ? decodeJson(content) : content;
  return withParts({
    ...message,
    // Semantic Kernel begins roles with a capital letter
    role: toLabel(message['role'])?.toLowerCase() ?? defaultRole,
    content: Array.isArray(parts) || typeof parts === 'string' ? parts : decodeJson(parts),
    tool_calls: decodeJson(message['tool_calls']),
  });
}

/** Results of tools in messages of role `tool` are parts of them; the reader of messages takes them from `parts`. */
export function withToolParts(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(item => (isFields(item) ? withParts(item) : item));
  }
  return isFields(value) ? withParts(value) : value;
}

function withParts(message: Fields): Fields {
  const content = message['content'];
  return message['role'] === 'tool' && Array.isArray(content) && content.every(isFields)
    ? { ...message, content: undefined, parts: content }
    : message;
}

function decodeText(value: unknown): unknown {
  // Spring AI writes a list of texts
  return typeof value === 'string' || Array.isArray(value)
    ? withToolParts(decodeJson(value))
    : undefined;
}
