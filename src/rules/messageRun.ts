import { allOf, type Beginning } from '../model/beginning';
import type { Message } from '../model/message';

/** What was found in one message. */
export interface Looked<Place> {
  readonly places: readonly Place[];
  readonly characters: number;
}

/**
 * What was found in messages that follow each other. The calls of a conversation that is one record were all sent the same messages before them:
 * each is looked at once, and after that only compared, unless both are beginnings of one list.
 */
export class MessageRun<Place> {
  #known: Beginning = allOf([]);
  /** Characters up to the end of each message. */
  readonly #ends: number[] = [];
  readonly #places: { readonly place: Place; readonly at: number }[] = [];
  readonly #look: (message: Message) => Looked<Place>;

  constructor(look: (message: Message) => Looked<Place>) {
    this.#look = look;
  }

  /** Takes in a list that begins alike, longer or shorter. */
  goOn(input: Beginning): void {
    const { messages, count } = input;
    const same = countSame(this.#known, input);
    if (same === count) {
      return;
    }
    const dropped = this.#places.findIndex(({ at }) => at >= same);
    this.#places.length = dropped < 0 ? this.#places.length : dropped;
    this.#ends.length = same;
    for (const [index, message] of messages.slice(same, count).entries()) {
      const { places, characters } = this.#look(message);
      this.#places.push(...places.map(place => ({ place, at: same + index })));
      this.#ends.push(this.charactersBefore(same + index) + characters);
    }
    this.#known = input;
  }

  /** How many of the first `count` messages have no more characters than these, taken together. */
  countWithin(characters: number, count: number): number {
    if (this.charactersBefore(count) <= characters) {
      return count;
    }
    return this.#ends.findIndex(end => end > characters);
  }

  charactersBefore(count: number): number {
    return count === 0 ? 0 : (this.#ends[count - 1] ?? 0);
  }

  placesBefore(count: number): readonly Place[] {
    return this.#places.filter(({ at }) => at < count).map(({ place }) => place);
  }
}

/** How many messages both begin with. */
export function countSame(one: Beginning, other: Beginning): number {
  const shorter = Math.min(one.count, other.count);
  if (one.messages === other.messages) {
    return shorter;
  }
  let same = 0;
  while (same < shorter && one.messages[same] === other.messages[same]) {
    same++;
  }
  return same;
}
