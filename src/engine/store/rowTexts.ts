import { type Column, rowsTogether } from './columns';
import type { IdentityColumns } from './identityColumns';
import type { RowColumns } from './rowColumns';
import type { RowLists } from './rowLists';
import type { StringTable } from './stringTable';

const numbers = new Float64Array(rowsTogether); // shared: they are looked at once

type Mark = (number: number) => void;

/** Marks the texts and lists that rows refer to, but for those of their words. */
export class RowTexts {
  readonly #columns: readonly (readonly [Column, Mark])[];

  constructor(
    strings: StringTable,
    lists: RowLists,
    { texts, errors, tags, toolCalls }: RowColumns,
    identities: IdentityColumns,
  ) {
    this.#columns = [
      ...[...texts, ...identities.texts].map(
        column => [column, (text: number) => strings.mark(text)] as const,
      ),
      [errors, error => lists.markError(error)],
      [tags, list => lists.markTags(list)],
      [toolCalls, list => lists.markToolCalls(list)],
    ];
  }

  /** `count` rows from `first` on. */
  mark(first: number, count: number): void {
    for (let done = 0; done < count; done += rowsTogether) {
      this.#markSome(first + done, Math.min(rowsTogether, count - done));
    }
  }

  #markSome(first: number, count: number): void {
    for (const [column, mark] of this.#columns) {
      if (!column.isUnset(first, count)) {
        column.read(first, count, numbers);
        for (let at = 0; at < count; at++) {
          mark(numbers[at] ?? 0);
        }
      }
    }
  }
}
