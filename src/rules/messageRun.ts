import type { Message } from '../model/message';

/** What was found in one message. */
export interface Looked<Place> {
  readonly places: readonly Place[];
  readonly characters: number;
}

/**
 * What was found in messages that follow each other. The calls of a conversation that is one record were all sent the same messages before them:
 * each is looked at once, and for each call after that only compared.
 */
export class MessageRun<Place> {
  #messages: readonly Message[] = [];
  /** Characters up to the end of each message. */
  readonly #ends: number[] = [];
  readonly #places: { readonly place: Place; readonly at: number }[] = [];
  readonly #look: (message: Message) => Looked<Place>;

  constructor(look: (message: Message) => Looked<Place>) {
    this.#look = look;
  }

  /** Takes in a list that begins alike, longer or shorter. */
  goOn(messages: readonly Message[]): void {
    const known = Math.min(messages.length, this.#messages.length);
    let same = 0;
    while (same < known && messages[same] === this.#messages[same]) {
      same++;
    }
    if (same === messages.length) {
      return;
    }
    const dropped = this.#places.findIndex(({ at }) => at >= same);
    this.#places.length = dropped < 0 ? this.#places.length : dropped;
    this.#ends.length = same;
    for (const [index, message] of messages.slice(same).entries()) {
      const { places, characters } = this.#look(message);
      this.#places.push(...places.map(place => ({ place, at: same + index })));
      this.#ends.push(this.charactersBefore(same + index) + characters);
    }
    this.#messages = messages;
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
