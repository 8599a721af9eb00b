// From adding a folder to its first rows, and to all of it. Arguments: the folder; where the engine keeps what it knows for the next
// start: nowhere when absent; `keep` to wait until that is written.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEngine } from '../lib/engineThread';

export interface OpeningResult {
  /** Until the first page of traces is not empty, ms. */
  readonly firstRowsMs: number;
  /** Until all that was there is read, ms. */
  readonly wholeMs: number;
  readonly stats: unknown;
}

const pageRows = 50; // what a tree asks for at first

const [folder = '', storage, keeps] = process.argv.slice(2);
const { client, end } = startEngine(() => {}, storage);
// the thread has started and prices are loaded: the window has been open for a while
await client.getStats({});

function isKept(place: string): boolean {
  return fs.existsSync(path.join(place, 'index.bin'));
}

async function untilFirstRows(start: number): Promise<number> {
  for (;;) {
    const page = await client.listTraces({ start: 0, end: pageRows });
    if (page.items.length > 0) {
      return performance.now() - start;
    }
    await sleep(1);
  }
}

const start = performance.now();
const firstRows = untilFirstRows(start);
await client.addSource({ path: folder });
await client.whenIdle({});
const wholeMs = performance.now() - start;
const firstRowsMs = await firstRows;
const stats = await client.getStats({});
console.log(JSON.stringify({ firstRowsMs, wholeMs, stats } satisfies OpeningResult));
while (keeps !== undefined && storage !== undefined && !isKept(storage)) {
  await sleep(50);
}
await end();
process.exit(0);
