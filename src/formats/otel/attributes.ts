import { type Fields, isFields, parseJson, toCount, toLabel, toNumber } from '../fields/values';

/** Levels of nested attributes (`{llm: {token_count: {prompt: 3}}}`) that are also found by their dotted name. */
const maxNesting = 6;
/** Times that a text is unwrapped as JSON: MLflow encodes JSON text as JSON once more. */
const maxEncodings = 3;
const indexed = /^\d{1,6}$/;

/** Attributes of a span, an event or a resource, by dotted name, whether the log nests them or not. */
export class Attributes {
  readonly #values: ReadonlyMap<string, unknown>;

  private constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values;
  }

  static of(value: unknown): Attributes {
    return isFields(value) ? Attributes.from(Object.entries(value)) : noAttributes;
  }

  static from(entries: Iterable<readonly [string, unknown]>): Attributes {
    const values = new Map<string, unknown>(entries);
    for (const [name, value] of [...values]) {
      if (isFields(value)) {
        addNested(values, name, value, 1);
      }
    }
    return new Attributes(values);
  }

  get size(): number {
    return this.#values.size;
  }

  get(name: string): unknown {
    return this.#values.get(name);
  }

  has(...names: readonly string[]): boolean {
    return names.some(name => this.#values.get(name) !== undefined);
  }

  /** The first of the values that is there and not null. */
  first(...names: readonly string[]): unknown {
    return this.#first(names, value => (value === null ? undefined : value));
  }

  label(...names: readonly string[]): string | undefined {
    return this.#first(names, toLabel);
  }

  count(...names: readonly string[]): number | undefined {
    return this.#first(names, toCount);
  }

  /** A number that is not negative. */
  amount(...names: readonly string[]): number | undefined {
    return this.#first(names, value => {
      const number = toNumber(value);
      return number !== undefined && number >= 0 ? number : undefined;
    });
  }

  /** Text that is not blank, whole. */
  text(...names: readonly string[]): string | undefined {
    return this.#first(names, value =>
      typeof value === 'string' && value.trim() !== '' ? value : undefined,
    );
  }

  /** The first of the values, decoded when it is JSON as text. */
  json(...names: readonly string[]): unknown {
    const value = this.first(...names);
    return value === undefined ? undefined : decodeJson(value);
  }

  /** Items of a list that is written as one value, or as `name.0.…`, `name.1.…`; in the order of their numbers. */
  list(name: string): readonly Attributes[] {
    const whole = this.json(name);
    if (Array.isArray(whole)) {
      return whole.map(item => Attributes.of(decodeJson(item)));
    }
    const items = new Map<number, Map<string, unknown>>();
    for (const [key, value] of this.startingWith(`${name}.`)) {
      const dot = key.indexOf('.');
      const index = dot === -1 ? '' : key.slice(0, dot);
      if (indexed.test(index)) {
        const item = items.get(Number(index)) ?? new Map<string, unknown>();
        items.set(Number(index), item.set(key.slice(dot + 1), value));
      }
    }
    return [...items]
      .toSorted(([one], [other]) => one - other)
      .map(([, values]) => new Attributes(values));
  }

  /** Whether a list or a group of this name is there, in either way of writing it. */
  hasList(name: string): boolean {
    return this.has(name) || !this.startingWith(`${name}.`).next().done;
  }

  /** Entries whose name begins so, the beginning cut off. */
  *startingWith(prefix: string): Generator<readonly [string, unknown]> {
    for (const [name, value] of this.#values) {
      if (name.startsWith(prefix)) {
        yield [name.slice(prefix.length), value];
      }
    }
  }

  #first<T>(names: readonly string[], read: (value: unknown) => T | undefined): T | undefined {
    for (const name of names) {
      const value = this.#values.get(name);
      const result = value === undefined ? undefined : read(value);
      if (result !== undefined) {
        return result;
      }
    }
    return undefined;
  }
}

const noAttributes = Attributes.from([]);

/** The value behind text that is JSON of an object, a list or a text; anything else as it is. */
export function decodeJson(value: unknown): unknown {
  let decoded = value;
  for (let times = 0; times < maxEncodings && typeof decoded === 'string'; times++) {
    const parsed = /^\s*[[{"]/.test(decoded) ? parseJson(decoded) : undefined;
    if (parsed === undefined) {
      return decoded;
    }
    decoded = parsed;
  }
  return decoded;
}

function addNested(
  values: Map<string, unknown>,
  prefix: string,
  nested: Fields,
  depth: number,
): void {
  for (const [key, value] of Object.entries(nested)) {
    const name = `${prefix}.${key}`;
    if (!values.has(name)) {
      values.set(name, value);
    }
    if (isFields(value) && depth < maxNesting) {
      addNested(values, name, value, depth + 1);
    }
  }
}
