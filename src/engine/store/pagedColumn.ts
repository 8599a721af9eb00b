import { Column, type ColumnState } from './columns';

const pageBits = 8;
const pageMask = 2 ** pageBits - 1;

export interface PagedState {
  readonly pages: readonly number[];
  readonly values: ColumnState;
  readonly used: number;
}

/** A column over numbers of texts, of which only those of some pages say anything: ids of one kind lie together in pages of 256. */
export class PagedColumn {
  /** Page in the column for each page of numbers, plus one. */
  readonly #pages: number[] = [];
  readonly #values = new Column('nearby');
  #used = 0;

  save(): PagedState {
    return { pages: this.#pages, values: this.#values.save(), used: this.#used };
  }

  restore({ pages, values, used }: PagedState): void {
    pages.forEach(page => this.#pages.push(page));
    this.#values.restore(values);
    this.#used = used;
  }

  /** -1 where nothing was set. */
  get(number: number): number {
    const page = this.#pages[number >>> pageBits] ?? 0;
    return page === 0 ? -1 : this.#values.get((page - 1) * (pageMask + 1) + (number & pageMask));
  }

  /** `count` numbers from `first` on say nothing any more. */
  unset(first: number, count: number): void {
    for (let done = 0; done < count;) {
      const within = (first + done) & pageMask;
      const part = Math.min(count - done, pageMask + 1 - within);
      const page = this.#pages[(first + done) >>> pageBits] ?? 0;
      if (page !== 0) {
        this.#values.unset((page - 1) * (pageMask + 1) + within, part);
      }
      done += part;
    }
  }

  set(number: number, value: number): void {
    const at = number >>> pageBits;
    while (this.#pages.length <= at) {
      this.#pages.push(0);
    }
    const page = this.#pages[at] || ++this.#used;
    this.#pages[at] = page;
    this.#values.set((page - 1) * (pageMask + 1) + (number & pageMask), value);
  }
}
