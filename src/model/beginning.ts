import type { Message, SpanContent } from './message';

/** The first `count` of a list. Of what was said in a conversation that is one record, each call was sent another beginning. */
export interface Beginning {
  /** May go on behind it, and may still grow; what is there does not change. */
  readonly messages: readonly Message[];
  readonly count: number;
}

/** Of bodies that know it. */
const beginnings = new WeakMap<SpanContent, Beginning>();

/**
 * Bodies of a call that was sent the beginning of a list. It is copied only when somebody wants it for itself: in a conversation of thousands of
 * calls the copies for all of them would be millions of messages.
 */
export function contentAfter(
  beginning: Beginning,
  rest: Omit<SpanContent, 'inputMessages'>,
): SpanContent {
  let copy: readonly Message[] | undefined;
  const content: SpanContent = {
    ...rest,
    // a field of its own, for it crosses to other threads
    get inputMessages() {
      return (copy ??= beginning.messages.slice(0, beginning.count));
    },
  };
  beginnings.set(content, beginning);
  return content;
}

/** The input of a call without copying it. */
export function inputOf(content: SpanContent): Beginning {
  const known = beginnings.get(content) ?? allOf(content.inputMessages);
  beginnings.set(content, known);
  return known;
}

export function allOf(messages: readonly Message[]): Beginning {
  return { messages, count: messages.length };
}

/** The last messages, so many at most. */
export function endOf({ messages, count }: Beginning, most: number): readonly Message[] {
  return messages.slice(Math.max(0, count - most), count);
}

/** Place of the first that is wanted; -1: none. */
export function findIn(
  { messages, count }: Beginning,
  isWanted: (message: Message, index: number) => boolean,
): number {
  const at = messages.findIndex((message, index) => index >= count || isWanted(message, index));
  return at < count ? at : -1;
}

/**
 * What was said before pieces of one call. Pieces that one record tells were sent beginnings of one list, each of which holds the one before it:
 * what counts is what was said before the first. `join`: of messages of several lists.
 */
export function inputOfPieces(
  pieces: readonly SpanContent[],
  join: (messages: readonly Message[]) => readonly Message[] = messages => messages,
): Beginning {
  const inputs = pieces.map(inputOf).filter(({ count }) => count > 0);
  const lists = inputs.filter(({ messages }, at) => messages !== inputs[at - 1]?.messages);
  const [first] = lists;
  return first && lists.length === 1
    ? first
    : allOf(join(lists.flatMap(({ messages, count }) => messages.slice(0, count))));
}
