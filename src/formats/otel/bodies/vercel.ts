import type { Message, Part } from '../../../model/message';
import { readMessages } from '../../fields/messages';
import { readToolCalls, reasoningPart, textPart } from '../../fields/parts';
import { isFields, toText } from '../../fields/values';
import { decodeJson } from '../attributes';
import type { SpanData } from '../spanData';
import { withToolParts } from './genAi';

// The AI SDK's own spans: https://ai-sdk.dev/docs/ai-sdk-core/telemetry

export function vercelInput({ attributes }: SpanData): readonly Message[] {
  const messages = attributes.json('ai.prompt.messages');
  if (messages !== undefined) {
    return readMessages(withToolParts(messages));
  }
  const prompt = attributes.json('ai.prompt');
  if (!isFields(prompt)) {
    return readMessages(prompt ?? embedded(attributes.json('ai.value', 'ai.values')));
  }
  return [
    ...readMessages(prompt['system'], 'system'),
    ...readMessages(withToolParts(prompt['messages'] ?? prompt['prompt'])),
  ];
}

/** Texts to embed are JSON each. */
function embedded(values: unknown): unknown {
  return Array.isArray(values) ? values.map(decodeJson) : values;
}

export function vercelOutput({ attributes }: SpanData): readonly Message[] {
  const object = attributes.first('ai.response.object', 'ai.result.object');
  const calls = attributes.json('ai.response.toolCalls', 'ai.result.toolCalls');
  const parts: Part[] = [
    ...reasoningPart(attributes.text('ai.response.reasoning')),
    ...textPart(attributes.text('ai.response.text', 'ai.result.text') ?? ''),
    ...textPart(object === undefined ? '' : toText(object)),
    ...readToolCalls(calls),
  ];
  return parts.length === 0 ? [] : [{ role: 'assistant', parts }];
}
