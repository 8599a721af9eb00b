import type { FieldPath } from './fieldPaths';
import type { LineScanner } from './lineScanner';
import type { Leaf } from './recordLeaves';

/** It matters to somebody whether the number at a field is the sum of those at others. */
export interface Sum {
  readonly total: FieldPath;
  readonly parts: readonly FieldPath[];
}

/** More parts nobody adds up, and more sums are not told apart; as in assembly/. */
export const mostParts = 3;
const maxSums = 16;

/** What is known of sums. */
export interface SumMemory {
  readonly sums: Sums;
  /** Keys of records with no others that matter. */
  readonly freeSums: Set<string>;
}

/** Leaves of a record with the totals of these sums. */
export function withTotals(leaves: readonly Leaf[], sums: readonly Sum[]): readonly Leaf[] {
  if (sums.length === 0) {
    return leaves;
  }
  const numbers = new Map(leaves.map(({ field, value }) => [field, value]));
  for (const { total, parts } of sums) {
    numbers.set(total, sumOf(parts.map(field => numbers.get(field))));
  }
  return leaves.map(({ field, value }) => ({ field, value: numbers.get(field) ?? value }));
}

function sumOf(values: readonly (string | number | undefined)[]): number {
  return values.reduce<number>(
    (sum, value) => sum + (typeof value === 'number' ? value : Number.NaN),
    0,
  );
}

/** Sums that matter. Whether a line has one belongs to its shape. */
export class Sums {
  readonly #scanner: LineScanner;
  readonly #known: Sum[] = [];

  constructor(scanner: LineScanner) {
    this.#scanner = scanner;
  }

  /** False: the scanner cannot tell. */
  add(total: FieldPath, parts: readonly FieldPath[]): boolean {
    const slots = parts.flatMap(({ slot }) => slot ?? []);
    if (total.slot === undefined || slots.length < parts.length || this.#known.length >= maxSums) {
      return false;
    }
    this.#known.push({ total, parts });
    this.#scanner.learn({ about: 'sum', total: total.slot, parts: slots });
    return true;
  }

  /** Those of a record. */
  of(leaves: readonly Leaf[]): readonly Sum[] {
    if (this.#known.length === 0) {
      return [];
    }
    const numbers = new Map(leaves.map(({ field, value }) => [field, value]));
    return this.#known.filter(
      ({ total, parts }) => sumOf(parts.map(field => numbers.get(field))) === numbers.get(total),
    );
  }
}
