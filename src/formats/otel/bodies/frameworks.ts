import type { Message } from '../../../model/message';
import { readMessages } from '../../fields/messages';
import { readOutput } from '../../fields/output';
import { isFields } from '../../fields/values';
import { readToolCalls } from '../../fields/parts';
import { Attributes, decodeJson } from '../attributes';
import type { SpanData } from '../spanData';
import { textMessage } from './bodySource';
import { messageOfEvent, withToolParts } from './genAi';

// Attributes that hold a whole input or output, as text or JSON. The more a name says, the earlier it stands.

const inputs = [
  'mlflow.spanInputs',
  'request_data',
  'langwatch.input',
  'langfuse.observation.input',
  'gcp.vertex.agent.llm_request',
  'gen_ai.input',
  'genai.input',
  'haystack.component.input',
  'input.value',
  'traceloop.entity.input',
  'agentops.entity.input',
  'gen_ai.retrieval.query.text',
  'user_request',
  'copilot_chat.user_request',
];
const outputs = [
  'mlflow.spanOutputs',
  'response_data',
  'langwatch.output',
  'langfuse.observation.output',
  'gcp.vertex.agent.llm_response',
  'gen_ai.output',
  'genai.output',
  'haystack.component.output',
  'output.value',
  'traceloop.entity.output',
  'agentops.entity.output',
  'final_result',
];
/** Whole input and output in attributes of frameworks, by which a span can be known to have a body at all. */
export const frameworkInputs: readonly string[] = inputs;
export const frameworkOutputs: readonly string[] = outputs;

export function frameworkInput({ attributes }: SpanData): readonly Message[] {
  return readMessages(unwrap(attributes.json(...inputs)));
}

export function frameworkOutput({ attributes }: SpanData): readonly Message[] {
  return readOutput(unwrap(attributes.json(...outputs)));
}

/** any-agent says whether the output of a call is text or JSON, which is the list of the tools that it asks for. */
export function anyAgentOutput({ attributes }: SpanData): readonly Message[] {
  const type = attributes.label('gen_ai.output.type', 'genai.output.type');
  const output = attributes.first('gen_ai.output', 'genai.output');
  if (type === 'text' && typeof output === 'string') {
    return textMessage('assistant', output);
  }
  const calls = decodeJson(output);
  const isCalls =
    Array.isArray(calls) &&
    calls.every(item => isFields(item) && (isFields(item['function']) || 'arguments' in item));
  return isCalls ? [{ role: 'assistant', parts: readToolCalls(calls) }] : [];
}

/** Pydantic AI's list of events in one attribute, and its later list of messages. */
export function pydanticInput(span: SpanData): readonly Message[] {
  const all = span.attributes.json('pydantic_ai.all_messages');
  return all === undefined
    ? listedEvents(span).flatMap(({ name, message }) => (name === 'gen_ai.choice' ? [] : message))
    : readMessages(withToolParts(all));
}

export function pydanticOutput(span: SpanData): readonly Message[] {
  return listedEvents(span).flatMap(({ name, message }) =>
    name === 'gen_ai.choice' ? message : [],
  );
}

function listedEvents({
  attributes,
}: SpanData): readonly { readonly name: string; readonly message: readonly Message[] }[] {
  const list = attributes.json('events', 'all_messages_events');
  return (Array.isArray(list) ? list : []).filter(isFields).map(item => {
    const name = typeof item['event.name'] === 'string' ? item['event.name'] : '';
    return { name, message: messageOfEvent({ name, attributes: Attributes.of(item) }) };
  });
}

/**
 * What is inside of an envelope: LangWatch says the type of a value beside it (`{type: "chat_messages", value: […]}`), and
 * Gemini's requests and responses hold contents with parts.
 */
function unwrap(value: unknown): unknown {
  if (!isFields(value)) {
    return withToolParts(value);
  }
  if (typeof value['type'] === 'string' && 'value' in value) {
    return withToolParts(value['value']);
  }
  const contents = value['contents'] ?? value['content'];
  const isGemini =
    Array.isArray(value['contents']) || (isFields(contents) && Array.isArray(contents['parts']));
  return isGemini ? contents : withToolParts(value);
}
