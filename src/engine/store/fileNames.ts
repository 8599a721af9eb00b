import type { LogFile } from './logFile';

/**
 * Finds files by their names. The name of nearly every file is the end of its path: then the few beginnings that are left of the paths are all
 * that is kept, and no name.
 */
export class FileNames {
  readonly #beginnings = new Set<string>();
  /** Files whose names are something else. */
  readonly #others = new Map<string, LogFile>();
  readonly #fileAt: (path: string) => LogFile | undefined;

  constructor(fileAt: (path: string) => LogFile | undefined) {
    this.#fileAt = fileAt;
  }

  add(file: LogFile): void {
    const { beforeName } = file;
    if (beforeName === undefined) {
      this.#others.set(file.name, file);
    } else {
      this.#beginnings.add(beforeName);
    }
  }

  remove(file: LogFile): void {
    if (file.beforeName === undefined) {
      this.#others.delete(file.name);
    }
  }

  find(name: string): LogFile | undefined {
    const other = this.#others.get(name);
    if (other !== undefined) {
      return other;
    }
    for (const beginning of this.#beginnings) {
      const file = this.#fileAt(beginning + name);
      // another file may have all of this path in its name, or less of it
      if (file?.beforeName === beginning) {
        return file;
      }
    }
    return undefined;
  }
}
