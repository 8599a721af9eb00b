import type { SpanError, SpanPatch } from '../../model/span';
import { type ListsState, ListTable } from './listTable';
import { StringTable } from './stringTable';

const maxKeptErrorMessage = 4000; // characters of an error kept in memory; the whole text is read from disk when asked for

export interface RowListsState {
  readonly errors: ListsState;
  readonly endOfMessages: number;
  readonly tags: ListsState;
  readonly names: ListsState;
}

/** Errors, tags and names of tools: few rows have them and they repeat, so each is kept once. Numbers of 0 stand for none. */
export class RowLists {
  readonly #strings: StringTable;
  /** Messages of errors: they may quote what was said, so they are kept apart from all that is saved. */
  readonly #messages = new StringTable();
  /** Errors below this number were saved, without their messages. */
  #firstError = 1;
  /** Messages below this number are those of such errors. */
  #firstMessage = 0;
  /** Numbers of messages of such errors that were read again, by error. */
  readonly #recalled = new Map<number, number>();
  readonly #errors = new ListTable();
  readonly #tags = new ListTable();
  readonly #names = new ListTable();
  readonly #tables = [this.#messages, this.#errors, this.#tags, this.#names];

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  /** See `StringTable.heldBytes`. */
  get heldBytes(): number {
    return this.#tables.reduce((sum, { heldBytes }) => sum + heldBytes, 0);
  }

  /** Marks what is referred to besides by rows. */
  beginMarking(): void {
    this.#tables.forEach(table => table.beginMarking());
    for (let id = 1; id < this.#firstError; id++) {
      this.#strings.mark(this.#errors.at(id, 0));
    }
    this.#recalled.forEach(message => this.#messages.mark(message));
  }

  markError(id: number): void {
    if (id >= this.#firstError && this.#errors.mark(id)) {
      this.#strings.mark(this.#errors.at(id, 0));
      this.#messages.mark(this.#errors.at(id, 1) - this.#firstMessage);
    }
  }

  markTags(id: number): void {
    if (this.#tags.mark(id)) {
      this.#tags.numbers(id).forEach(text => this.#strings.mark(text));
    }
  }

  markToolCalls(id: number): void {
    if (this.#names.mark(id)) {
      this.#names.numbers(id).forEach(text => this.#strings.mark(text));
    }
  }

  /** Forgets what no row refers to, but for errors that were saved. */
  *sweep(): Generator<void> {
    yield* this.#errors.sweep(this.#firstError);
    yield* this.#messages.sweep();
    yield* this.#tags.sweep(1);
    yield* this.#names.sweep(1);
  }

  errorId(error: SpanError | undefined): number {
    if (error === undefined) {
      return 0;
    }
    const { type, message, status } = error;
    const texts = [this.#strings.id(type), this.#messageId(message)];
    return this.#errors.id(
      status === undefined || !Number.isFinite(status) ? texts : [...texts, status],
    );
  }

  /** `recall` reads the message of an error that was saved from the log again; undefined: it is not there any more. */
  error(id: number, recall: () => string | undefined): SpanError | undefined {
    return id === 0
      ? undefined
      : {
          type: this.#strings.text(this.#errors.at(id, 0)),
          message: this.#message(id, recall),
          status: this.#errors.length(id) > 2 ? this.#errors.at(id, 2) : undefined,
        };
  }

  #message(id: number, recall: () => string | undefined): string {
    if (id >= this.#firstError) {
      return this.#messages.text(this.#errors.at(id, 1) - this.#firstMessage) ?? '';
    }
    const known = this.#recalled.get(id);
    if (known !== undefined) {
      return this.#messages.text(known) ?? '';
    }
    const message = recall()?.slice(0, maxKeptErrorMessage);
    if (message !== undefined) {
      this.#recalled.set(id, this.#messages.id(message));
    }
    return message ?? '';
  }

  #messageId(message: string): number {
    return this.#firstMessage + this.#messages.id(message.slice(0, maxKeptErrorMessage));
  }

  save(): RowListsState {
    return {
      errors: this.#errors.save(),
      endOfMessages: this.#firstMessage + this.#messages.end,
      tags: this.#tags.save(),
      names: this.#names.save(),
    };
  }

  restore({ errors, endOfMessages, tags, names }: RowListsState): void {
    this.#errors.restore(errors);
    this.#firstError = this.#errors.size + 1;
    this.#firstMessage = endOfMessages;
    this.#tags.restore(tags);
    this.#names.restore(names);
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
