import type { SpanKind, SpanPatch, SpanStatus } from '../../model/span';
import { type ListsState, ListTable } from './listTable';
import type { StringTable } from './stringTable';

const parts: readonly SpanPatch['part'][] = ['whole', 'start', 'update', 'end'];
const kinds: readonly SpanKind[] = [
  'call',
  'embedding',
  'tool',
  'agent',
  'retrieval',
  'chain',
  'event',
];
/** From the weakest word to the strongest: the strongest of several patches holds. */
const statuses: readonly SpanStatus[] = ['unknown', 'running', 'ok', 'error'];

const maxWords = 16_384; // combinations; what more of them say is kept row by row
const maxVocabulary = 4096; // texts whose number is found without being packed
const inputFlag = 1;
const outputFlag = 2;

/** What many rows share word for word. Texts by their number in the table of strings. */
export interface RowWords {
  readonly part: SpanPatch['part'];
  readonly kind: SpanKind;
  readonly status: SpanStatus;
  readonly hasInput: boolean;
  readonly hasOutput: boolean;
  /** Index in the list of formats. */
  readonly format: number;
  /** See `identityForm`. */
  readonly identityForm: number;
  /** There are too many combinations: the texts are those of the row. */
  readonly isLoose: boolean;
  readonly name: number;
  readonly provider: number;
  readonly model: number;
  readonly finishReason: number;
}

export const wordFields = ['name', 'provider', 'model', 'finishReason'] as const;
export type WordField = (typeof wordFields)[number];
/** Their numbers. */
export type WordTexts = Record<WordField, number>;

export interface WordsState {
  readonly lists: ListsState;
  readonly formats: readonly boolean[];
}

/** Combinations of words, each kept once: a log has a few hundred of them, however long it is. */
export class WordTable {
  readonly #strings: StringTable;
  readonly #lists = new ListTable();
  readonly #words: (RowWords | undefined)[] = [];
  /** Whether a format has said anything. */
  readonly #formats: boolean[] = [];
  readonly #vocabulary = new Map<string, number>();
  /** Numbers of the texts of the patch that was asked for last. */
  readonly texts: WordTexts = { name: 0, provider: 0, model: 0, finishReason: 0 };
  readonly #list: number[] = Array.from({ length: 10 }, () => 0);

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  save(): WordsState {
    return { lists: this.#lists.save(), formats: this.#formats };
  }

  restore({ lists, formats }: WordsState): void {
    this.#lists.restore(lists);
    formats.forEach((has, format) => {
      this.#formats[format] = has;
    });
  }

  /** Number of the combination; sets `texts`. */
  id(patch: SpanPatch, identityForm: number, format: number): number {
    const { texts } = this;
    this.#formats[format] = true;
    const list = this.#list;
    list[0] = parts.indexOf(patch.part);
    list[1] = kinds.indexOf(patch.kind);
    list[2] = statuses.indexOf(patch.status);
    list[3] = (patch.hasInput ? inputFlag : 0) | (patch.hasOutput ? outputFlag : 0);
    list[4] = format;
    list[5] = identityForm;
    list[6] = texts.name = this.textId(patch.name);
    list[7] = texts.provider = this.textId(patch.provider);
    list[8] = texts.model = this.textId(patch.model);
    list[9] = texts.finishReason = this.textId(patch.finishReason);
    if (this.#lists.size < maxWords) {
      return this.#lists.id(list);
    }
    const known = this.#lists.find(list);
    if (known === 0) {
      list.fill(loose, 6);
    }
    return known || this.#lists.id(list);
  }

  /** Marks the texts of all combinations. Others are forgotten. */
  markTexts(): void {
    this.#vocabulary.clear();
    for (let id = 1; id <= this.#lists.size; id++) {
      const words = this.get(id);
      wordFields.forEach(field => this.#strings.mark(words[field]));
    }
  }

  hasFormat(format: number): boolean {
    return this.#formats[format] === true;
  }

  get(id: number): RowWords {
    const known = this.#words[id];
    if (known !== undefined) {
      return known;
    }
    const words = this.#read(this.#lists.numbers(id));
    while (this.#words.length < id) {
      this.#words.push(undefined);
    }
    this.#words[id] = words;
    return words;
  }

  /** Whether it is true of any combination. */
  some(condition: (words: RowWords) => boolean): boolean {
    for (let id = 1; id <= this.#lists.size; id++) {
      if (condition(this.get(id))) {
        return true;
      }
    }
    return false;
  }

  /** Number of a text that is likely to come again; an empty one says nothing. */
  textId(text: string | undefined): number {
    if (text === undefined || text === '') {
      return 0;
    }
    const known = this.#vocabulary.get(text);
    if (known !== undefined) {
      return known;
    }
    const id = this.#strings.id(text);
    if (this.#vocabulary.size < maxVocabulary) {
      this.#vocabulary.set(text, id);
    }
    return id;
  }

  #read(list: readonly number[]): RowWords {
    const [part = 0, kind = 0, status = 0, flags = 0, format = 0, form = 0, ...texts] = list;
    const isLoose = texts[0] === loose;
    const [name = 0, provider = 0, model = 0, finishReason = 0] = isLoose ? [] : texts;
    return {
      part: parts[part] ?? 'whole',
      kind: kinds[kind] ?? 'event',
      status: statuses[status] ?? 'unknown',
      hasInput: (flags & inputFlag) !== 0,
      hasOutput: (flags & outputFlag) !== 0,
      format,
      identityForm: form,
      isLoose,
      name,
      provider,
      model,
      finishReason,
    };
  }
}

const loose = -1; // in the place of a text

/** The stronger of two: an error beats a success, which beats "still running", which beats not knowing. */
export function strongerStatus(one: SpanStatus, other: SpanStatus): SpanStatus {
  return statuses.indexOf(one) >= statuses.indexOf(other) ? one : other;
}
