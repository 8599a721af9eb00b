import type {
  Message,
  Part,
  SpanContent,
  ToolCallPart,
  ToolResultPart,
} from '../../src/model/message';

/** A message with what it needs of its neighbours to be shown. */
export interface ShownMessage {
  /** Place in the conversation, 1-based, response included. */
  readonly number: number;
  readonly message: Message;
  readonly origin: 'resent' | 'new' | 'response';
}

/** The conversation in the order of the screen. */
export interface Arranged {
  /** System and developer messages at the beginning: one fold. */
  readonly system: readonly ShownMessage[];
  readonly resent: readonly ShownMessage[];
  /** What this call added, and its response. */
  readonly fresh: readonly ShownMessage[];
  /** By id of the call. */
  readonly calls: ReadonlyMap<string, ToolCallPart>;
  readonly results: ReadonlyMap<
    string,
    { readonly result: ToolResultPart; readonly number: number }
  >;
  readonly messages: number;
  /** New input messages, the response not counted. */
  readonly added: number;
}

/** Sorts the messages of a call into folded and shown ones. `resentMessages` as SpanDetail has it. */
export function arrange(content: SpanContent, resentMessages: number): Arranged {
  const all: ShownMessage[] = [
    ...content.inputMessages.map((message, index): ShownMessage => {
      const origin = index < resentMessages ? 'resent' : 'new';
      return { number: index + 1, message, origin };
    }),
    ...content.outputMessages.map((message, index): ShownMessage => {
      const number = content.inputMessages.length + index + 1;
      return { number, message, origin: 'response' };
    }),
  ];
  let systemEnd = 0;
  while (isInstruction(all[systemEnd])) {
    systemEnd++;
  }
  const rest = all.slice(systemEnd);
  const calls = new Map<string, ToolCallPart>();
  const results = new Map<string, { readonly result: ToolResultPart; readonly number: number }>();
  for (const { message, number } of all) {
    for (const part of message.parts) {
      if (part.type === 'toolCall' && part.id !== undefined) {
        calls.set(part.id, part);
      } else if (part.type === 'toolResult' && part.id !== undefined) {
        results.set(part.id, { result: part, number });
      }
    }
  }
  return {
    system: all.slice(0, systemEnd),
    resent: rest.filter(({ origin }) => origin === 'resent'),
    fresh: rest.filter(({ origin }) => origin !== 'resent'),
    calls,
    results,
    messages: all.length,
    added: all.filter(({ origin }) => origin === 'new').length,
  };
}

function isInstruction(shown: ShownMessage | undefined): boolean {
  return (
    shown !== undefined &&
    shown.origin !== 'response' &&
    (shown.message.role === 'system' || shown.message.role === 'developer')
  );
}

/** `#2` or `#2-7`. */
export function numbersOf(messages: readonly ShownMessage[]): string {
  const first = messages[0]?.number;
  const last = messages.at(-1)?.number;
  return first === last ? `#${first}` : `#${first}-${last}`;
}

/** `user, assistant 2, tool 3`: the roles of messages in order of first sight. */
export function rolesOf(messages: readonly ShownMessage[]): string {
  const counts = new Map<string, number>();
  for (const { message } of messages) {
    counts.set(message.role, (counts.get(message.role) ?? 0) + 1);
  }
  return [...counts].map(([role, times]) => (times > 1 ? `${role} ${times}` : role)).join(', ');
}

/** Characters of all text in a message, tool arguments and results that are text included. */
export function messageLength(message: Message): number {
  return message.parts.reduce((sum, part) => sum + partText(part).length, 0);
}

/** What a part says, as text to copy. */
function partText(part: Part): string {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return part.text;
    case 'toolCall':
      return `${part.name}(${asText(part.arguments)})`;
    case 'toolResult':
      return asText(part.content);
    case 'image':
    case 'audio':
    case 'file':
      return `[${[part.type, part.mimeType, part.name, part.url].filter(Boolean).join(' ')}]`;
  }
}

function asText(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // nested deeper than the stack: it is said where the value is shown
    return '';
  }
}

/** A message as text to copy: its parts, one below the other. */
export function messageAsText(message: Message): string {
  return message.parts.map(partText).join('\n\n');
}
