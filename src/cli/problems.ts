import type { Writable } from 'node:stream';
import type { Engine } from '../engine/engine';
import { makeVisible } from './visibleText';

/** Says on stderr what cannot be read: a line for each problem, again only when it comes back. */
export class ProblemPrinter {
  private known: ReadonlySet<string> = new Set();

  constructor(
    private readonly engine: Engine,
    private readonly stderr: Writable,
  ) {}

  print(): void {
    const lines = new Set<string>();
    for (const { path, message } of this.engine.problems()) {
      lines.add(`callsight: ${makeVisible(`${path}: ${message}`)}\n`);
    }
    for (const line of lines) {
      if (!this.known.has(line)) {
        this.stderr.write(line);
      }
    }
    this.known = lines;
  }
}
