import { allOf, type Beginning, inputOf } from '../../model/beginning';
import type { Message, SpanContent } from '../../model/message';

const maxDepth = 100; // levels of a tool's arguments that are searched

/** How far a list was looked at, and the first message that holds the text. */
interface Place {
  next: number;
  found: number | undefined;
}

/** Looks for a text, which is in lower case, in bodies; without regard to case. */
export class TextFinder {
  readonly #wanted: string;
  /** Messages that were looked at: those before a call are sent again with the next. */
  readonly #known = new WeakMap<Message, boolean>();
  /** By list: the calls of a conversation that is one record were sent beginnings of one. */
  readonly #places = new WeakMap<readonly Message[], Place>();

  constructor(wanted: string) {
    this.#wanted = wanted;
  }

  /** Whether a message, a tool or a parameter of the bodies holds the text. */
  isIn(content: SpanContent): boolean {
    return (
      this.isSaid(inputOf(content)) ||
      this.isSaid(allOf(content.outputMessages)) ||
      // a piece of a stream carries more, for the other pieces to be joined with
      holds([content.tools, content.params], this.#wanted, -1)
    );
  }

  isSaid({ messages, count }: Beginning): boolean {
    const place = this.#places.get(messages) ?? { next: 0, found: undefined };
    this.#places.set(messages, place);
    for (; place.found === undefined && place.next < count; place.next++) {
      const message = messages[place.next];
      if (message && this.#holds(message)) {
        place.found = place.next;
      }
    }
    return place.found !== undefined && place.found < count;
  }

  #holds(message: Message): boolean {
    const known = this.#known.get(message) ?? holds(message, this.#wanted, 1);
    this.#known.set(message, known);
    return known;
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
