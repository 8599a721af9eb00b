import fs from 'node:fs';

const flushCharacters = 4_000_000;

/** A file that grows line by line. */
export class LineFile {
  /** Written so far; exact after `close`. */
  bytes = 0;
  readonly #file: number;
  #lines: string[] = [];
  #characters = 0;

  constructor(path: string) {
    this.#file = fs.openSync(path, 'w');
  }

  /** About how many bytes there are already, with those that still wait. */
  get size(): number {
    return this.bytes + this.#characters;
  }

  write(line: string): void {
    this.#lines.push(line);
    this.#characters += line.length + 1;
    if (this.#characters > flushCharacters) {
      this.#flush();
    }
  }

  close(): void {
    this.#flush();
    fs.closeSync(this.#file);
  }

  #flush(): void {
    const bytes = Buffer.from(this.#lines.map(line => `${line}\n`).join(''));
    fs.writeFileSync(this.#file, bytes);
    this.bytes += bytes.length;
    this.#lines = [];
    this.#characters = 0;
  }
}
