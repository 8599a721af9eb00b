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
  readonly #accesses = new Map<string, Access>();
  readonly #proxies = new WeakMap<object, object>();

  all(): Iterable<Access> {
    return this.#accesses.values();
  }

  watch<T extends object>(record: T): T {
    return this.#watched(record, []);
  }

  #watched<T extends object>(target: T, path: AccessPath): T {
    const known = this.#proxies.get(target);
    if (known !== undefined) {
      // made of this very target, so of its type
      return known as T;
    }
    const access = this.#accessOf(path);
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

  #field(object: object, access: Access, key: string, value: unknown): unknown {
    if (!Object.hasOwn(object, key) && value !== undefined) {
      return value; // of the prototype: `toString`
    }
    access.below = true;
    return this.#seen([...access.path, key], value);
  }

  #element(array: readonly unknown[], access: Access, key: string, value: unknown): unknown {
    access.below = true;
    if (!/^\d+$/.test(key)) {
      return value; // `length`, `map`: what they lead to is looked at by its number
    }
    access.elements = Math.max(access.elements, Math.min(Number(key) + 1, array.length));
    return this.#seen([...access.path, undefined], value);
  }

  #seen(path: AccessPath, value: unknown): unknown {
    this.#accessOf(path).value = true;
    return typeof value === 'object' && value !== null ? this.#watched(value, path) : value;
  }

  #accessOf(path: AccessPath): Access {
    const key = pathKey(path);
    let access = this.#accesses.get(key);
    if (access === undefined) {
      access = { path, value: false, names: false, below: false, elements: 0 };
      this.#accesses.set(key, access);
    }
    return access;
  }
}

export function pathKey(path: AccessPath): string {
  return path.map(name => (name === undefined ? '[' : `.${JSON.stringify(name)}`)).join('');
}
