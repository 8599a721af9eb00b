// Looks for words in the bodies of calls, in turn with other tools. Argument: a SearchingTask as JSON.
import { setTimeout as sleep } from 'node:timers/promises';
import { startEngine } from '../lib/engineThread';
import { type Command, measureProcess } from '../lib/measureProcess';

export interface SearchingTask {
  readonly folder: string;
  readonly files: readonly string[];
  /** Each is looked for once: no answer can be remembered. */
  readonly words: readonly string[];
  /** Programs that take a word and files, and print a count for each file. */
  readonly tools: readonly { readonly name: string; readonly command: Command }[];
}

export interface SearchingResult {
  readonly searches: readonly {
    readonly word: string;
    /** Until a page of traces under the filter is not empty, ms. */
    readonly firstHitMs: number | undefined;
    /** Until the number of calls is that of a search that has ended, ms. */
    readonly wholeMs: number;
    readonly calls: number;
    /** Of the same round, by name of the tool. */
    readonly tools: Readonly<Record<string, { readonly wallMs: number; readonly lines: number }>>;
  }[];
}

const pageRows = 50;
const withinMs = 80; // as the Traces view asks: what is found by then

type Search = SearchingResult['searches'][number];

// searching.ts has written it
const { folder, files, words, tools } = JSON.parse(process.argv[2] ?? '') as SearchingTask;
const { client, end } = startEngine();
await client.addSource({ path: folder });
await client.whenIdle({});
await client.getStats({});

async function search(word: string): Promise<Omit<Search, 'tools'>> {
  const filter = `"${word}"`;
  const start = performance.now();
  let isWhole = false;
  const firstHit = (async () => {
    for (;;) {
      const wasWhole = isWhole;
      const page = await client.listTraces({ filter, withinMs, start: 0, end: pageRows });
      if (page.items.length > 0) {
        return performance.now() - start;
      }
      if (wasWhole) {
        return undefined;
      }
      await sleep(1);
    }
  })();
  const { calls } = await client.countMatches({ filter });
  const wholeMs = performance.now() - start;
  isWhole = true;
  return { word, firstHitMs: await firstHit, wholeMs, calls };
}

async function searchByTools(word: string): Promise<Search['tools']> {
  const results: [string, Search['tools'][string]][] = [];
  for (const { name, command } of tools) {
    const { wallMs, output } = await measureProcess([...command, word, ...files]);
    const counts = output.trim().split('\n').map(Number);
    results.push([name, { wallMs, lines: counts.reduce((sum, count) => sum + count, 0) }]);
  }
  return Object.fromEntries(results);
}

const searches: Search[] = [];
for (const word of words) {
  searches.push({ ...(await search(word)), tools: await searchByTools(word) });
}
console.log(JSON.stringify({ searches } satisfies SearchingResult));
await end();
process.exit(0);
