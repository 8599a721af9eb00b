import type { SpanError, SpanPatch } from '../../model/span';
import { ListTable } from './listTable';
import type { StringTable } from './stringTable';

const maxKeptErrorMessage = 4000; // characters of an error kept in memory; the whole text is read from disk when asked for

/** Errors, tags and names of tools: few rows have them and they repeat, so each is kept once. Numbers of 0 stand for none. */
export class RowLists {
  readonly #strings: StringTable;
  readonly #errors = new ListTable();
  readonly #tags = new ListTable();
  readonly #names = new ListTable();

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  errorId(error: SpanError | undefined): number {
    if (error === undefined) {
      return 0;
    }
    const { type, message, status } = error;
    const texts = [this.#strings.id(type), this.#strings.id(message.slice(0, maxKeptErrorMessage))];
    return this.#errors.id(
      status === undefined || !Number.isFinite(status) ? texts : [...texts, status],
    );
  }

  error(id: number): SpanError | undefined {
    return id === 0
      ? undefined
      : {
          type: this.#strings.text(this.#errors.at(id, 0)),
          message: this.#strings.text(this.#errors.at(id, 1)) ?? '',
          status: this.#errors.length(id) > 2 ? this.#errors.at(id, 2) : undefined,
        };
  }

  tagsId(tags: SpanPatch['tags']): number {
    return tags === undefined
      ? 0
      : this.#tags.id(
          Object.entries(tags).flatMap(([name, value]) => [
            this.#strings.id(name),
            this.#strings.id(value),
          ]),
        );
  }

  tags(id: number): readonly (readonly [string, string])[] {
    const pairs: (readonly [string, string])[] = [];
    for (let at = 0; at + 1 < this.#tags.length(id); at += 2) {
      pairs.push([this.#text(this.#tags.at(id, at)), this.#text(this.#tags.at(id, at + 1))]);
    }
    return pairs;
  }

  toolCallsId(names: readonly string[] | undefined): number {
    return names === undefined ? 0 : this.#names.id(names.map(name => this.#strings.id(name)));
  }

  toolCallNames(id: number): readonly string[] {
    return id === 0 ? [] : this.#names.numbers(id).map(name => this.#text(name));
  }

  toolCalls(id: number): number {
    return this.#names.length(id);
  }

  #text(id: number): string {
    return this.#strings.text(id) ?? '';
  }
}
