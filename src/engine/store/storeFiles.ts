import { placeLabel, placeOf } from '../../model/source';
import { FewRecords } from './fewRecords';
import { FileNames } from './fileNames';
import { FreeNumbers } from './freeNumbers';
import { inOrder, type Place, previewOf } from './filePlaces';
import { LogFile, type LogFileState, type SharedTables } from './logFile';
import { PathNumbers, PathTable } from './pathTable';
import type { StringTable } from './stringTable';

/** The files and entries of a store, by place, number and name. A file is made when something is said of it first. */
export class StoreFiles {
  readonly paths = new PathTable();
  /** Numbers of files by their places. */
  readonly #places = new PathNumbers(this.paths);
  readonly #byId: (LogFile | undefined)[] = [];
  readonly #free = new FreeNumbers();
  readonly #removed: number[] = [];
  readonly #names = new FileNames(path => this.find(path));
  readonly #nameFile: (path: string) => string;
  readonly #shared: SharedTables;

  /** `nameFile`: see `SpanStore`. */
  constructor(strings: StringTable, nameFile: (path: string) => string) {
    this.#nameFile = nameFile;
    this.#shared = { strings, paths: this.paths, few: new FewRecords() };
  }

  /** Numbers that were given to files, also those that are gone. */
  get count(): number {
    return this.#byId.length;
  }

  /** Only while there are none. */
  restore(states: readonly LogFileState[], count: number): void {
    while (this.#byId.length < count) {
      this.#byId.push(undefined);
    }
    for (const state of states) {
      const { id, path, entry, name } = state;
      const file = new LogFile(id, { path, entry, isPreview: false }, name, this.#shared);
      file.restore(state);
      this.#places.set(placeOf(path, entry), id);
      this.#byId[id] = file;
      this.#names.add(file);
    }
    this.#free.add([...this.#byId.keys()].filter(id => this.#byId[id] === undefined));
  }

  /** Sorted by path and entry. */
  all(): readonly LogFile[] {
    return inOrder(this.#byId.filter(file => file !== undefined));
  }

  /** By what `placeOf` or `previewOf` says. */
  find(place: string): LogFile | undefined {
    const id = this.#places.get(place);
    return id === undefined ? undefined : this.#byId[id];
  }

  byId(id: number): LogFile | undefined {
    return this.#byId[id];
  }

  byName(name: string): LogFile | undefined {
    return this.#names.find(name);
  }

  /** Made if it is new. */
  at({ file: path, entry }: Place): LogFile {
    const place = placeOf(path, entry);
    const known = this.find(place);
    if (known) {
      return known;
    }
    const file = this.#add(place, { path, entry, isPreview: false }, this.#freeName(path, entry));
    this.#names.add(file);
    return file;
  }

  /** The same, or its preview. */
  partAt(place: Place, isPreview: boolean | undefined): LogFile {
    const file = this.at(place);
    if (isPreview !== true) {
      return file;
    }
    const { path, entry, name } = file;
    return (
      this.find(previewOf(place)) ?? this.#add(previewOf(place), { path, entry, isPreview }, name)
    );
  }

  remove(place: string, file: LogFile): void {
    file.release();
    this.#places.delete(place);
    if (!file.isPreview) {
      this.#names.remove(file);
    }
    this.#byId[file.id] = undefined;
    this.#removed.push(file.id);
  }

  /** Others may have the numbers of files that were removed, whose rows nobody refers to any more. */
  release(): void {
    if (this.#removed.length > 0) {
      this.#free.add(this.#removed);
      this.#removed.length = 0;
    }
  }

  #add(key: string, place: ConstructorParameters<typeof LogFile>[1], name: string): LogFile {
    const id = this.#free.take() ?? this.#byId.length;
    const file = new LogFile(id, place, name, this.#shared);
    this.#places.set(key, id);
    this.#byId[id] = file;
    return file;
  }

  /** Two folders may hold files of one name, and a key must mean one of them. */
  #freeName(path: string, entry: string | undefined): string {
    const name = placeLabel(this.#nameFile(path), entry);
    return this.#names.find(name) !== undefined ? placeLabel(path, entry) : name;
  }
}
