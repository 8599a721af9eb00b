import { formats } from '../../../../src/formats/index';
import type { Message, SpanContent } from '../../../../src/model/message';

const context = { fileName: 'app.log' };
/** A shorter text, or one without a blank, may be a word that is no secret: a name, a role. Characters. */
const leastLength = 14;
/** What is looked for of a longer one. Characters. */
const mostLength = 48;

/** Adds what somebody said, or was answered, in a record of a format: texts of messages, arguments and results of tools, errors. */
export function addSaid(format: string, record: unknown, said: Set<string>): void {
  const found = formats.find(({ id }) => id === format);
  const reading =
    found?.container === 'text'
      ? found.read(String(record), context)
      : found?.read(record, context);
  const add = (value: unknown): void => {
    if (typeof value === 'string') {
      // lines as they are in memory and on disk
      for (const line of value.split('\n')) {
        if (line.length >= leastLength && line.includes(' ')) {
          said.add(line.slice(0, mostLength));
        }
      }
    } else if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(inner => add(inner));
    }
  };
  const addMessages = (messages: readonly Message[]): void =>
    messages.forEach(({ parts }) => parts.forEach(part => add(saidPart(part))));
  for (const { content, error } of reading?.spans ?? []) {
    const bodies: SpanContent | undefined = content?.();
    addMessages(bodies?.inputMessages ?? []);
    addMessages(bodies?.outputMessages ?? []);
    add(error?.message);
  }
  addMessages(reading?.turn?.messages() ?? []);
}

function saidPart(part: Message['parts'][number]): unknown {
  switch (part.type) {
    case 'toolCall':
      return part.arguments;
    case 'toolResult':
      return part.content;
    case 'text':
    case 'reasoning':
    case 'refusal':
      return part.text;
    default:
      return undefined;
  }
}
