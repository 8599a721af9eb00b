/** What was looked at of one value of a record. */
export interface Access {
  /** Names from the record down; `undefined`: any element of an array. */
  readonly path: AccessPath;
  value: boolean;
  names: boolean;
  below: boolean;
  /** Elements of an array that were looked at. */
  elements: number;
}

export type AccessPath = readonly (string | undefined)[];

/**
 * Writes down what somebody looks at in a record. What it hands out looks like the record, and everything below it, too.
 */
export class AccessLog {
  readonly #root: AccessNode = nodeOf([]);
  readonly #accesses: Access[] = [this.#root];
  readonly #proxies = new WeakMap<object, object>();

  all(): Iterable<Access> {
    return this.#accesses;
  }

  watch<T extends object>(record: T): T {
    return this.#watched(record, this.#root);
  }

  #watched<T extends object>(target: T, access: AccessNode): T {
    const known = this.#proxies.get(target);
    if (known !== undefined) {
      // made of this very target, so of its type
      return known as T;
    }
    const proxy = new Proxy(target, {
      get: (object, key): unknown => {
        const value: unknown = Reflect.get(object, key);
        if (typeof key === 'symbol') {
          return value;
        }
        return Array.isArray(object)
          ? this.#element(object, access, key, value)
          : this.#field(object, access, key, value);
      },
      has: (object, key) => {
        access.names = true;
        return Reflect.has(object, key);
      },
      getOwnPropertyDescriptor: (object, key) => {
        this.#allOf(access, object);
        return Reflect.getOwnPropertyDescriptor(object, key);
      },
      ownKeys: object => {
        this.#allOf(access, object);
        return Reflect.ownKeys(object);
      },
    });
    this.#proxies.set(target, proxy);
    return proxy;
  }

  #allOf(access: Access, object: object): void {
    access.names = true;
    if (Array.isArray(object)) {
      access.below = true;
      access.elements = Math.max(access.elements, object.length);
    }
  }

  #field(object: object, access: AccessNode, key: string, value: unknown): unknown {
    if (!Object.hasOwn(object, key) && value !== undefined) {
      return value; // of the prototype: `toString`
    }
    access.below = true;
    return this.#seen(access, key, value);
  }

  #element(array: readonly unknown[], access: AccessNode, key: string, value: unknown): unknown {
    access.below = true;
    if (!/^\d+$/.test(key)) {
      return value; // `length`, `map`: what they lead to is looked at by its number
    }
    access.elements = Math.max(access.elements, Math.min(Number(key) + 1, array.length));
    return this.#seen(access, undefined, value);
  }

  #seen(parent: AccessNode, name: string | undefined, value: unknown): unknown {
    let access = parent.children.get(name);
    if (access === undefined) {
      access = nodeOf([...parent.path, name]);
      parent.children.set(name, access);
      this.#accesses.push(access);
    }
    access.value = true;
    return typeof value === 'object' && value !== null ? this.#watched(value, access) : value;
  }
}

interface AccessNode extends Access {
  readonly children: Map<string | undefined, AccessNode>;
}

function nodeOf(path: AccessPath): AccessNode {
  return { path, value: false, names: false, below: false, elements: 0, children: new Map() };
}
