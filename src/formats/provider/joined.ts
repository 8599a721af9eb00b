import { type Fields, isFields } from '../fields/values';

/** Pieces of text of one place (a message, a block), to be put together in order of the places. */
export class PiecesByIndex<T> {
  readonly #places = new Map<number | string, T>();

  constructor(private readonly create: (index: number | string) => T) {}

  at(index: unknown): T {
    const key = typeof index === 'number' || typeof index === 'string' ? index : 0;
    const known = this.#places.get(key);
    if (known !== undefined) {
      return known;
    }
    const fresh = this.create(key);
    this.#places.set(key, fresh);
    return fresh;
  }

  get isEmpty(): boolean {
    return this.#places.size === 0;
  }

  /** By number where the places have numbers, else as they came. */
  values(): readonly T[] {
    const entries = [...this.#places];
    const areNumbers = entries.every(([key]) => typeof key === 'number');
    return (
      areNumbers ? entries.toSorted(([one], [other]) => Number(one) - Number(other)) : entries
    ).map(([, value]) => value);
  }
}

/** The objects of a list; nothing when it is none. */
export function objectsIn(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** The last value that is known, null being none. */
export function lastKnown(events: readonly Fields[], read: (event: Fields) => unknown): unknown {
  for (const event of events.toReversed()) {
    const value = read(event);
    if (value !== undefined && value !== null) {
      return value;
    }
  }
  return undefined;
}

export function firstKnown(events: readonly Fields[], read: (event: Fields) => unknown): unknown {
  for (const event of events) {
    const value = read(event);
    if (value !== undefined && value !== null && value !== '') {
      return value;
    }
  }
  return undefined;
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
