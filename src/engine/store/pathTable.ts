import path from 'node:path';
import { Column } from './columns';
import { StringTable } from './stringTable';

/**
 * Gives paths numbers from 1. Of ten thousand files in some folders each folder is one text, and the names are kept as bytes: 40 bytes a file instead of
 * a text of a hundred and an entry in a map. Paths are never forgotten.
 */
export class PathTable {
  /** With the separator at their end. */
  readonly #folders: string[] = [];
  readonly #folderNumbers = new Map<string, number>();
  /** Each with the number of its folder before it. */
  readonly #names = new StringTable();
  /** The folder that was found last, and its number. */
  #foundFolder: string | undefined;
  #foundNumber = 0;
  #recent: string | undefined;
  #recentId = 0;

  id(text: string): number {
    if (text !== this.#recent) {
      const split = text.lastIndexOf(path.sep) + 1;
      this.#recentId = this.#names.id(nameIn(this.#folder(text.slice(0, split)), text, split));
      this.#recent = text;
    }
    return this.#recentId;
  }

  /** The number of a path that may never have been seen: 0 then. */
  find(text: string): number {
    if (text === this.#recent) {
      return this.#recentId;
    }
    const split = text.lastIndexOf(path.sep) + 1;
    const folder = this.#findFolder(text, split);
    return folder === undefined ? 0 : this.#names.find(nameIn(folder, text, split));
  }

  /** `id`: one that was given. */
  path(id: number): string {
    if (id !== this.#recentId) {
      const name = this.#names.text(id) ?? '';
      const split = name.indexOf(' ');
      this.#recent = `${this.#folders[Number(name.slice(0, split))] ?? ''}${name.slice(split + 1)}`;
      this.#recentId = id;
    }
    return this.#recent ?? '';
  }

  /** All numbers are below this one. */
  get end(): number {
    return this.#names.end;
  }

  /** Files are looked for folder by folder, and a text of its folder for each of hundreds would be to be collected. */
  #findFolder(text: string, split: number): number | undefined {
    const found = this.#foundFolder;
    if (found === undefined || split !== found.length || !text.startsWith(found)) {
      const number = this.#folderNumbers.get(text.slice(0, split));
      if (number === undefined) {
        return undefined;
      }
      this.#foundFolder = this.#folders[number];
      this.#foundNumber = number;
    }
    return this.#foundNumber;
  }

  #folder(text: string): number {
    let number = this.#folderNumbers.get(text);
    if (number === undefined) {
      number = this.#folders.push(text) - 1;
      this.#folderNumbers.set(text, number);
    }
    return number;
  }
}

/** What a path is called whose folder has this number, and whose name begins at `split`. */
function nameIn(folder: number, text: string, split: number): string {
  return `${folder} ${text.slice(split)}`;
}

/** A number from 0 for some paths: what a map is, in two or three bytes a path. */
export class PathNumbers {
  readonly #paths: PathTable;
  /** One more than each. */
  readonly #numbers = new Column('id');
  #size = 0;

  constructor(paths: PathTable) {
    this.#paths = paths;
  }

  get size(): number {
    return this.#size;
  }

  has(file: string): boolean {
    return this.get(file) !== undefined;
  }

  get(file: string): number | undefined {
    const number = this.#numbers.get(this.#paths.find(file));
    return number === 0 ? undefined : number - 1;
  }

  set(file: string, number: number): void {
    const id = this.#paths.id(file);
    this.#size += this.#numbers.get(id) === 0 ? 1 : 0;
    this.#numbers.set(id, number + 1);
  }

  delete(file: string): void {
    const id = this.#paths.find(file);
    this.#size -= this.#numbers.get(id) === 0 ? 0 : 1;
    this.#numbers.set(id, 0);
  }

  /** In the order in which the paths were first seen, by anybody. None may be added meanwhile. */
  *[Symbol.iterator](): Generator<[string, number]> {
    for (let id = 1; id < this.#paths.end; id++) {
      const number = this.#numbers.get(id);
      if (number !== 0) {
        yield [this.#paths.path(id), number - 1];
      }
    }
  }
}
