import { type Fields, toText } from '../fields/values';
import type { StreamDialect } from './dialect';

/** Where an event belongs. */
export interface EventPlace {
  /** Names the stream within its file. */
  readonly stream: string;
  /** The provider's id of the response. */
  readonly id: string | undefined;
  /** What began the response, for the events after it. */
  readonly head: Fields | undefined;
  /** Whether events of the response came before and it is not over. */
  readonly isUnderWay: boolean;
}

/** Tells which response each event of a file belongs to: few events say so themselves. */
export class StreamTracker {
  #stream: string | undefined;
  #id: string | undefined;
  #head: Fields | undefined;
  #hasEnded = true;
  #count = 0;

  constructor(private readonly fileName: string) {}

  /** `dialect` is undefined for an error, which belongs to the response that is under way. */
  place(event: Fields, dialect: StreamDialect | undefined): EventPlace {
    const isUnderWay = !this.#hasEnded;
    const before = this.#stream;
    const id = dialect?.idOf(event);
    if (id !== undefined && id !== this.#id) {
      this.#begin(id, id);
    } else if (id === undefined && this.#isNext(event, dialect)) {
      this.#count++;
      this.#begin(`${this.fileName}#${this.#count}-${fingerprint(event)}`, undefined);
    }
    if (dialect?.isHead?.(event) === true) {
      this.#head ??= event;
    }
    this.#hasEnded ||= dialect === undefined || dialect.isEnd(event);
    return {
      stream: this.#stream ?? '',
      id: this.#id,
      head: this.#head,
      isUnderWay: isUnderWay && before === this.#stream,
    };
  }

  #isNext(event: Fields, dialect: StreamDialect | undefined): boolean {
    if (this.#stream === undefined) {
      return true;
    }
    return dialect === undefined ? this.#hasEnded : dialect.isStart(event, this.#hasEnded);
  }

  #begin(stream: string, id: string | undefined): void {
    this.#stream = stream;
    this.#id = id;
    this.#head = undefined;
    this.#hasEnded = false;
  }
}

/** Tells streams without an id apart that lie in files of one name: FNV-1a over what they begin with. */
function fingerprint(event: Fields): string {
  let hash = 0x811c9dc5;
  for (const character of toText(event).slice(0, 2000)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(16);
}
