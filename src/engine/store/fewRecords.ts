import { Column } from './columns';
import { RecordColumns } from './recordColumns';

/** Files with more records have columns of their own. */
export const maxFew = 16;

/**
 * The records of all files that have few: columns of its own cost a file more than a kilobyte, and there may be ten thousand files of one
 * record. The rows of a file lie together; their number is a power of two.
 */
export class FewRecords extends RecordColumns {
  readonly offset = new Column('id');
  readonly line = new Column('id');
  /** First of the rows that are free, by how many they are. */
  readonly #free = new Map<number, number[]>();
  #rows = 0;

  /** Returns the first of so many rows. */
  take(size: number): number {
    const free = this.#free.get(size)?.pop();
    if (free !== undefined) {
      return free;
    }
    const first = this.#rows;
    this.#rows += size;
    return first;
  }

  release(first: number, size: number): void {
    const free = this.#free.get(size);
    if (free === undefined) {
      this.#free.set(size, [first]);
    } else {
      free.push(first);
    }
  }
}
