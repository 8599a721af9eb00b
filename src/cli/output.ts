import type { Writable } from 'node:stream';
import { escapeInJson, makeVisible } from './visibleText';

/** Whoever read our output has gone (`callsight calls logs | head`): the command ends quietly. */
export class OutputClosed extends Error {}

const flushSize = 64 * 1024; // UTF-16 units that are gathered before they are written

/** Lines on a stream. Waits while the reader is slower than we are, so that nothing piles up in memory. */
export class Output {
  private lines: string[] = [];
  private size = 0;
  private closed = false;

  constructor(private readonly stream: Writable) {
    // every failed write also reports to its own callback: that is where it is handled
    stream.on('error', () => {
      this.closed = true;
    });
  }

  /** A line for people, or several. No character of it can command a terminal. */
  printText(text: string): Promise<void> {
    return this.add(makeVisible(text));
  }

  /** One value as one line. */
  printJson(value: unknown): Promise<void> {
    return this.add(escapeInJson(JSON.stringify(value)));
  }

  /** Throws OutputClosed when nobody reads any more. */
  async flush(): Promise<void> {
    const text = this.lines.join('');
    this.lines = [];
    this.size = 0;
    if (this.closed) {
      throw new OutputClosed();
    }
    if (text === '') {
      return;
    }
    await new Promise<void>((resolve, reject) => {
      this.stream.write(text, error => {
        if (error) {
          reject(new OutputClosed('the output is closed', { cause: error }));
        } else {
          resolve();
        }
      });
    });
  }

  private async add(line: string): Promise<void> {
    this.lines.push(line, '\n');
    this.size += line.length;
    if (this.size >= flushSize) {
      await this.flush();
    }
  }
}
