import type { Message } from '../../../model/message';
import { readMessage } from '../../fields/messages';
import { isFields, parseJson, toText } from '../../fields/values';
import type { SpanData } from '../spanData';
import { textMessage } from './bodySource';

// Monocle keeps bodies in events: https://github.com/monocle2ai/monocle/tree/main/apptrace

export function monocleInput(span: SpanData): readonly Message[] {
  return bodyOf(span, 'data.input', 'input', 'user');
}

export function monocleOutput(span: SpanData): readonly Message[] {
  return bodyOf(span, 'data.output', 'response', 'assistant');
}

function bodyOf(span: SpanData, event: string, name: string, role: string): readonly Message[] {
  const value = span.events.find(item => item.name === event)?.attributes.get(name);
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.flatMap(item => messageOf(item, role));
}

/** `{"user": "Hello"}` as JSON text, or text alone. */
function messageOf(item: unknown, defaultRole: string): readonly Message[] {
  const value = typeof item === 'string' && item.startsWith('{') ? (parseJson(item) ?? item) : item;
  if (value === undefined || value === null) {
    return [];
  }
  const entries = isFields(value) ? Object.entries(value) : [];
  const [role, content] = entries[0] ?? [];
  if (role === undefined || entries.length !== 1 || !/^[a-z]{1,20}$/.test(role)) {
    return textMessage(defaultRole, toText(value));
  }
  const { role: name } = readMessage({ role }, role);
  return content === null ? [] : textMessage(name, toText(content));
}
