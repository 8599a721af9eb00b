// From adding a folder to its first rows, and to all of it. Argument: the folder.
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

const [folder = ''] = process.argv.slice(2);
const { client, end } = startEngine();
// the thread has started and prices are loaded: the window has been open for a while
await client.getStats({});

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
await end();
process.exit(0);
