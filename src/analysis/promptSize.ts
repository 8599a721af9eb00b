import type { Message, Part, SpanContent } from '../model/message';
import type { PromptPart, PromptSize } from '../model/promptSize';

const roleNames: ReadonlyMap<string, string> = new Map([
  ['system', 'system prompt'],
  ['developer', 'system prompt'],
  ['user', 'user messages'],
  ['assistant', 'assistant messages'],
  ['tool', 'tool results'],
]);

/** Fewer characters for a token no tokenizer needs, in whatever language. */
const fewestCharacters = 0.5;

/**
 * What a prompt is made of, the largest part first; undefined when there is no text to measure. `tokens`: of the whole
 * prompt, where anybody says so.
 */
export function measurePrompt(
  content: SpanContent,
  tokens: number | undefined,
): PromptSize | undefined {
  const sizes = new Map<string, PromptPart>();
  const add = (name: string, kind: PromptPart['kind'], characters: number) => {
    const before = sizes.get(`${kind} ${name}`)?.characters ?? 0;
    sizes.set(`${kind} ${name}`, { name, kind, characters: before + characters });
  };
  const toolNames = namesOfCalls(content.inputMessages);
  let hasMedia = false;
  for (const { role, parts } of content.inputMessages) {
    for (const part of parts) {
      hasMedia ||= isMedia(part);
      if (part.type === 'toolResult') {
        const name = part.name ?? toolNames.get(part.id ?? '') ?? 'tools';
        add(name, 'toolResult', lengthOf(part.content));
      } else {
        add(roleNames.get(role) ?? `${role} messages`, 'messages', partLength(part));
      }
    }
  }
  for (const { name, description = '', parameters } of content.tools) {
    add('tool definitions', 'tools', name.length + description.length + lengthOf(parameters));
  }
  const parts = [...sizes.values()]
    .filter(({ characters }) => characters > 0)
    .toSorted((one, other) => other.characters - one.characters);
  const characters = parts.reduce((sum, part) => sum + part.characters, 0);
  if (characters === 0) {
    return undefined;
  }
  const isPartial = tokens !== undefined && !hasMedia && characters < tokens * fewestCharacters;
  return { parts, characters, hasMedia, tokens, isPartial };
}

function namesOfCalls(messages: readonly Message[]): ReadonlyMap<string, string> {
  const calls = messages.flatMap(message => message.parts).filter(part => part.type === 'toolCall');
  return new Map(calls.map(({ id, name }) => [id ?? '', name]));
}

function isMedia({ type }: Part): boolean {
  return type === 'image' || type === 'audio' || type === 'file';
}

function partLength(part: Part): number {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return part.text.length;
    case 'toolCall':
      return part.name.length + lengthOf(part.arguments);
    default:
      return 0;
  }
}

function lengthOf(value: unknown): number {
  if (value === undefined || value === null) {
    return 0;
  }
  return typeof value === 'string' ? value.length : (JSON.stringify(value)?.length ?? 0);
}
