import type { Message, SpanContent } from '../../model/message';

const maxDepth = 100; // levels of a tool's arguments that are searched

/** Looks for a text, which is in lower case, in bodies; without regard to case. */
export class TextFinder {
  readonly #wanted: string;
  /** The calls of a conversation that is one record were all sent the messages before them: each is looked at once. */
  readonly #known = new WeakMap<Message, boolean>();

  constructor(wanted: string) {
    this.#wanted = wanted;
  }

  /** Whether a message, a tool or a parameter of the bodies holds the text. */
  isIn({ inputMessages, outputMessages, tools, params }: SpanContent): boolean {
    return (
      this.isSaid(inputMessages) ||
      this.isSaid(outputMessages) ||
      // a piece of a stream carries more, for the other pieces to be joined with
      holds([tools, params], this.#wanted, -1)
    );
  }

  isSaid(messages: readonly Message[]): boolean {
    return messages.some(message => {
      const known = this.#known.get(message) ?? holds(message, this.#wanted, 1);
      this.#known.set(message, known);
      return known;
    });
  }
}

/** Whether any text in a value, at whatever depth, holds the wanted one. Names of fields do not count. */
function holds(value: unknown, wanted: string, depth: number): boolean {
  if (typeof value === 'string') {
    return value.toLowerCase().includes(wanted);
  }
  if (typeof value !== 'object' || value === null || depth > maxDepth) {
    return false;
  }
  return Object.values(value).some(inner => holds(inner, wanted, depth + 1));
}
