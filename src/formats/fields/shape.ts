import type { Fields, Path } from './values';

/** A set of keys: which paths of an alias list can lead anywhere in records that have it. */
interface Shape {
  readonly keys: readonly string[];
  readonly candidates: Map<readonly Path[], readonly Path[]>;
}

/** Keys in their order as a walk from key to key: no two share a node, whatever the keys contain. */
interface Node {
  readonly next: Map<string, Node>;
  shape?: Shape;
}

/** Sets of keys that are remembered, counted in nodes; a log has a handful, a hostile one has as many as records. */
const maxNodes = 20_000;

let root: Node = { next: new Map() };
let nodes = 0;

interface Known {
  readonly fields: Fields;
  readonly shape: Shape;
}
/** The objects that were asked for last, as a rule a record and one inside of it: a WeakMap of all costs more than it saves. */
let last: Known | undefined;
let lastButOne: Known | undefined;

/** Places in a list of paths, in order, by the key that these begin with. */
type PlacesByKey = Map<string, readonly number[]>;
/**
 * An object has fewer keys than a list has paths, so it is looked up by the former: a log whose records all have other keys takes 0.77 of
 * the CPU time (measured).
 */
const placesOfList = new WeakMap<readonly Path[], PlacesByKey>();
const noPaths: readonly Path[] = [];

/**
 * The paths of a list that begin with a key of this object. Alias lists are long and the records of a log all have the
 * same few keys: worked out once per set of keys, reading a record takes half the time (measured: 14 to 6 µs).
 */
export function candidatesIn(fields: Fields, list: readonly Path[]): readonly Path[] {
  const { keys, candidates } = shapeOf(fields);
  const known = candidates.get(list);
  if (known !== undefined) {
    return known;
  }
  const found = candidatesOf(keys, list);
  candidates.set(list, found);
  return found;
}

function candidatesOf(keys: readonly string[], list: readonly Path[]): readonly Path[] {
  const byKey = placesOf(list);
  let places: readonly number[] = [];
  for (const key of keys) {
    const more = byKey.get(key);
    if (more !== undefined) {
      places = places.length === 0 ? more : [...places, ...more];
    }
  }
  return places.length === 0
    ? noPaths
    : places.toSorted((one, other) => one - other).flatMap(place => list.slice(place, place + 1));
}

function placesOf(list: readonly Path[]): PlacesByKey {
  let byKey = placesOfList.get(list);
  if (byKey === undefined) {
    byKey = new Map();
    for (const [place, [key]] of list.entries()) {
      if (key !== undefined) {
        byKey.set(key, [...(byKey.get(key) ?? []), place]);
      }
    }
    placesOfList.set(list, byKey);
  }
  return byKey;
}

/** What depends on nothing but which keys an object has, worked out once per set of keys. */
export function byKeys<T>(work: (keys: readonly string[]) => T): (fields: Fields) => T {
  const known = new WeakMap<Shape, { readonly result: T }>();
  return fields => {
    const shape = shapeOf(fields);
    let entry = known.get(shape);
    if (entry === undefined) {
      entry = { result: work(shape.keys) };
      known.set(shape, entry);
    }
    return entry.result;
  };
}

function shapeOf(fields: Fields): Shape {
  if (last?.fields === fields) {
    return last.shape;
  }
  const found =
    lastButOne?.fields === fields
      ? lastButOne
      : { fields, shape: shapeOfKeys(Object.keys(fields)) };
  lastButOne = last;
  last = found;
  return found.shape;
}

function shapeOfKeys(keys: readonly string[]): Shape {
  if (nodes > maxNodes) {
    root = { next: new Map() };
    nodes = 0;
  }
  const node = nodeOf(keys);
  if (node.shape === undefined) {
    // the same keys in another order are the same set
    const sorted = nodeOf(keys.toSorted());
    sorted.shape ??= { keys, candidates: new Map() };
    node.shape = sorted.shape;
  }
  return node.shape;
}

function nodeOf(keys: readonly string[]): Node {
  let node = root;
  for (const key of keys) {
    let next = node.next.get(key);
    if (next === undefined) {
      next = { next: new Map() };
      node.next.set(key, next);
      nodes += 1;
    }
    node = next;
  }
  return node;
}
