// How long a folder takes to be read, and the same after it was closed and opened again in the same engine. Argument: the folder.
import { startEngine } from '../lib/engineThread';

export interface ClosedBeforeResult {
  /** ms */
  readonly first: number;
  /** ms */
  readonly again: number;
  /** Of the second time. */
  readonly stats: unknown;
}

const [folder = ''] = process.argv.slice(2);
const { client, end } = startEngine();
// the thread has started and prices are loaded: the window has been open for a while
await client.getStats({});

async function open(): Promise<number> {
  const start = performance.now();
  await client.addSource({ path: folder });
  await client.whenIdle({});
  return performance.now() - start;
}

const first = await open();
await client.removeSource({ path: folder });
// the first question finds out what is gone
await client.getStats({});
const again = await open();
const stats = await client.getStats({});
console.log(JSON.stringify({ first, again, stats } satisfies ClosedBeforeResult));
await end();
process.exit(0);
