import { Column, type ColumnsState, restoreColumns, saveColumns } from './columns';
import type { StringTable } from './stringTable';

export interface SkippedState {
  readonly count: number;
  readonly columns: ColumnsState;
}

/** Ranges of one file, in its order, that hold no record. */
export class SkippedRanges {
  count = 0;
  readonly #offset = new Column('ascending');
  readonly #length = new Column('id');
  readonly #line = new Column('ascending');
  readonly #reason = new Column('id');

  save(): SkippedState {
    return { count: this.count, columns: saveColumns(this.#columns()) };
  }

  restore({ count, columns }: SkippedState): void {
    this.count = count;
    restoreColumns(this.#columns(), columns);
  }

  #columns(): Readonly<Record<string, Column>> {
    return { offset: this.#offset, length: this.#length, line: this.#line, reason: this.#reason };
  }

  /** `reason`: number of the text. */
  add(offset: number, length: number, line: number, reason: number): void {
    const index = this.count++;
    this.#offset.set(index, offset);
    this.#length.set(index, length);
    this.#line.set(index, line);
    this.#reason.set(index, reason);
  }

  markTexts(strings: StringTable): void {
    for (let index = 0; index < this.count; index++) {
      strings.mark(this.#reason.get(index));
    }
  }

  dropLast(): void {
    this.count -= 1;
  }

  offset(index: number): number {
    return this.#offset.get(index);
  }

  length(index: number): number {
    return this.#length.get(index);
  }

  line(index: number): number {
    return this.#line.get(index);
  }

  reason(index: number): number {
    return this.#reason.get(index);
  }
}
