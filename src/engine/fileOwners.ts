import { PathNumbers, type PathTable } from './store/pathTable';

/** The sources that files are read for, by their paths. */
export class FileOwners {
  readonly #numbers: PathNumbers;
  readonly #sources: string[] = [];

  constructor(paths: PathTable) {
    this.#numbers = new PathNumbers(paths);
  }

  of(file: string): string | undefined {
    const number = this.#numbers.get(file);
    return number === undefined ? undefined : this.#sources[number];
  }

  set(file: string, source: string): void {
    const known = this.#sources.indexOf(source);
    this.#numbers.set(file, known < 0 ? this.#sources.push(source) - 1 : known);
  }

  /** Its files are those of others now, or of nobody. */
  forget(source: string): void {
    for (const [file, number] of [...this.#numbers]) {
      if (this.#sources[number] === source) {
        this.#numbers.delete(file);
      }
    }
  }
}
