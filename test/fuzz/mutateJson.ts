import type { Random } from './random';

type Container = Record<string, unknown> | unknown[];

interface Place {
  readonly holder: Container;
  readonly key: string;
}

const deep = (levels: number): unknown =>
  JSON.parse(`${'{"content":['.repeat(levels)}1${']}'.repeat(levels)}`);

/** What a writer that is broken or means harm puts where something else belongs. */
const hostileValues: readonly (() => unknown)[] = [
  ...[null, true, false, 0, -1, 1.5, -0.1, 1e308, -1e308, Number.POSITIVE_INFINITY, 2 ** 63],
  ...['', ' ', '0', '-1', 'NaN', '1e999', 'null', '[]', '{', '{"a":', '"', '\\', '\n\n', '\0'],
  ...['99999999999999999999', '2026-99-99T99:99:99Z', '275760-09-13T00:00:00.001Z', '0x10'],
  ...['__proto__', 'constructor', 'toString', '\ud800', '\u202e\u0007', '<script>', '../../..'],
  'data:image/png;base64,',
  'x'.repeat(20_000),
].map(value => () => value);
const hostileTrees: readonly (() => unknown)[] = [
  () => [],
  () => ({}),
  () => [null],
  () => [[], [[]], {}],
  () => deep(400),
  () => JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
  () => ({ type: 'text', text: { text: 1 } }),
  () => [{ role: 1, content: { content: null } }, 'text', 7, null],
  () => Array.from({ length: 300 }, (_, index) => ({ id: index })),
  () => ({ length: 3, 0: 'a', toString: null, valueOf: 1, toJSON: 2 }),
];
const hostileKeys = ['__proto__', 'constructor', 'toString', 'length', '0', '', 'hasOwnProperty'];

/** A copy of a JSON value with one to four faults; `others` are records to take pieces from. */
export function mutateJson(value: unknown, random: Random, others: readonly unknown[]): unknown {
  const root = { value: structuredClone(value) };
  const count = 1 + random.below(4);
  for (let fault = 0; fault < count; fault++) {
    mutateOnce(root, random, others);
  }
  return root.value;
}

function mutateOnce(root: Container, random: Random, others: readonly unknown[]): void {
  const places = placesOf(root);
  const place = random.pick(places);
  const put = (value: unknown): void => setOwn(place.holder, place.key, value);
  const old = getOwn(place);
  const faults: readonly (() => void)[] = [
    () => remove(place),
    () => remove(place),
    () => put(random.pick(hostileValues)()),
    () => put(random.pick(hostileTrees)()),
    () => put(ofAnotherType(old, random)),
    () => swap(place, random.pick(places)),
    () => put(structuredClone(pieceOf(random.pick(others), random))),
    () => addKey(old, random, others),
    () => repeat(old, random),
    () => rename(place, random, others),
  ];
  random.pick(faults)();
}

/** Every place of a tree where a value stands. */
function placesOf(root: Container): Place[] {
  const places: Place[] = [];
  const waiting: Container[] = [root];
  for (let holder = waiting.pop(); holder && places.length < 5000; holder = waiting.pop()) {
    for (const key of Object.keys(holder)) {
      const place = { holder, key };
      places.push(place);
      const value = getOwn(place);
      if (isContainer(value)) {
        waiting.push(value);
      }
    }
  }
  return places;
}

function ofAnotherType(value: unknown, random: Random): unknown {
  const text = JSON.stringify(value) ?? '';
  const number = typeof value === 'number' ? value : text.length;
  return random.pick<() => unknown>([
    () => [value],
    () => ({ value }),
    () => text,
    () => text.slice(1, 1000),
    () => number * 1000,
    () => -number,
    () => number + 0.5,
    () => (isContainer(value) ? Object.values(value) : [value, value]),
    () => (isContainer(value) ? Object.keys(value).join() : { type: value, text: value }),
  ])();
}

/** A subtree of a record, mostly a small one. */
function pieceOf(record: unknown, random: Random): unknown {
  const place = random.pick(placesOf({ record }));
  return getOwn(place);
}

function addKey(value: unknown, random: Random, others: readonly unknown[]): void {
  if (isContainer(value) && !Array.isArray(value)) {
    setOwn(value, someKey(random, others), random.pick([...hostileValues, ...hostileTrees])());
  }
}

function rename(place: Place, random: Random, others: readonly unknown[]): void {
  const value = getOwn(place);
  remove(place);
  if (!Array.isArray(place.holder)) {
    setOwn(place.holder, someKey(random, others), value);
  }
}

function someKey(random: Random, others: readonly unknown[]): string {
  return random.below(3) === 0
    ? random.pick(hostileKeys)
    : random.pick(placesOf({ record: random.pick(others) })).key;
}

function repeat(value: unknown, random: Random): void {
  const [first] = Array.isArray(value) ? value : [];
  if (Array.isArray(value) && value.length < 1000 && JSON.stringify(first ?? null).length < 5000) {
    value.push(...Array.from({ length: random.below(60) }, () => structuredClone(first)));
  }
}

function swap(one: Place, other: Place): void {
  const copies = [structuredClone(getOwn(one)), structuredClone(getOwn(other))];
  setOwn(one.holder, one.key, copies[1]);
  setOwn(other.holder, other.key, copies[0]);
}

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) {
    holder.splice(Number(key), 1);
  } else if (key !== 'value') {
    Reflect.deleteProperty(holder, key);
  }
}

function getOwn({ holder, key }: Place): unknown {
  return Object.getOwnPropertyDescriptor(holder, key)?.value;
}

/** As JSON.parse does it: `__proto__` is a key like any other. */
function setOwn(holder: Container, key: string, value: unknown): void {
  const descriptor = { value, writable: true, enumerable: true, configurable: true };
  Object.defineProperty(holder, key, descriptor);
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}
