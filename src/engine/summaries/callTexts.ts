import { LRUCache } from 'lru-cache';
import { messageText, type Message } from '../../model/message';
import type { ContentReader, ReadContent } from './contentReader';
import { collapse } from './traceNames';

const maxCalls = 500; // whose texts are remembered

/** What was said in a call; undefined: nothing. */
interface Said {
  readonly text: string | undefined;
}

/**
 * What a person or the model said in a call, with white space collapsed. Statistics ask for it again and again while a log grows, and a call may
 * be thousands of records, so it is remembered until the call is another one.
 */
export class CallTexts {
  readonly #content: ContentReader;
  readonly #firstOfUser = new LRUCache<number, Said>({ max: maxCalls });
  readonly #lastOfAssistant = new LRUCache<number, Said>({ max: maxCalls });

  constructor(content: ContentReader) {
    this.#content = content;
  }

  firstOfUser(head: number): string | undefined {
    return recall(
      this.#firstOfUser,
      head,
      () => this.#content.read(head),
      content => content?.inputMessages.find(isFrom('user')),
    );
  }

  lastOfAssistant(head: number): string | undefined {
    return recall(
      this.#lastOfAssistant,
      head,
      () => this.#content.readOwn(head),
      content => content?.outputMessages.findLast(isFrom('assistant')),
    );
  }

  /** The span is no more, or other rows make it. */
  forget(head: number): void {
    this.#firstOfUser.delete(head);
    this.#lastOfAssistant.delete(head);
  }

  /** Many are no more. */
  forgetAll(): void {
    this.#firstOfUser.clear();
    this.#lastOfAssistant.clear();
  }
}

function recall(
  known: LRUCache<number, Said>,
  head: number,
  read: () => ReadContent,
  choose: (content: ReadContent['content']) => Message | undefined,
): string | undefined {
  const before = known.get(head);
  if (before) {
    return before.text;
  }
  const { content, problem } = read();
  const message = choose(content);
  const text = message && collapse(messageText(message));
  // what cannot be read now may be readable the next time
  if (problem === undefined) {
    known.set(head, { text });
  }
  return text;
}

function isFrom(role: string): (message: Message) => boolean {
  return message => message.role === role && collapse(messageText(message)) !== '';
}
