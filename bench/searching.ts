import { spawnSync } from 'node:child_process';
import { say } from '../scripts/lib/process.mjs';
import { markers } from './data/logs';
import { contentLog, filesOf } from './data/store';
import type { Bar } from './lib/bar';
import type { Figure } from './lib/figure';
import { runProbe } from './lib/probe';
import { ratiosOf, spreadOf } from './lib/spread';
import type { SearchingResult, SearchingTask } from './probes/searching';

const gigabyte = 1e9;

/** Those that are there; who is not is said aloud. */
function greps(): SearchingTask['tools'] {
  const all: SearchingTask['tools'] = [
    { name: 'grep -c', command: ['grep', '-c', '-h', '-F'] },
    { name: 'rg -c', command: ['rg', '-c', '-I', '-F'] },
  ];
  return all.filter(({ name, command: [program] }) => {
    const isThere = spawnSync(program, ['--version']).status === 0;
    if (!isThere) {
      say(`there is no ${program}: ${name} is left out`);
    }
    return isThere;
  });
}

/** Words that stand in a few records, looked for in all content; a new one each time, so that no answer is remembered. */
export const searching: Bar = {
  number: 10,
  title: 'search in content',
  bound:
    'Without an index every byte is looked at: memory and the cores set the limit. A record with a hit is parsed, to tell whether the word stands in a message and not in the name of a field. The first hit is as far from the end of the newest file as chance has it (up to 77 MB here), and before the first word the threads are started, which keeps both cores busy for 70 ms.',
  tried:
    'windows of 120 KiB instead of a MiB: the texts made of those took 2,000 to 3,000 new pages of the kernel for 4 MB, in the first tenth of a second above all (with both that follow: all of it in 0.75 × the time, the first hit of the word farthest away in 65 instead of 127 ms); spans looked at while the threads search, for a third of the time only and 25 ms after them; no span made of a failed call to see what it is called.',
  async measure({ contentMegabytes, rounds }) {
    const log = contentLog(contentMegabytes);
    const { bytes, markers: expected } = log.totals;
    const words = markers.filter(word => (expected[word] ?? 0) > 0).slice(0, rounds);
    const task: SearchingTask = { folder: log.folder, files: filesOf(log), words, tools: greps() };
    const { result } = await runProbe<SearchingResult>('searching', JSON.stringify(task));
    const { searches } = result;
    const wrong = searches.filter(({ word, calls }) => calls !== expected[word]);
    const firstHits = searches.map(({ firstHitMs }) => firstHitMs ?? Number.POSITIVE_INFINITY);
    const name = `${contentMegabytes} MB with content`;
    const figures: Figure[] = [
      {
        what: `${name}: searched`,
        unit: 'GB/s',
        measured: spreadOf(searches.map(({ wholeMs }) => bytes / gigabyte / (wholeMs / 1000))),
        limit: { atLeast: 1 },
      },
      {
        what: `${name}: first hit`,
        unit: 'ms',
        measured: spreadOf(firstHits),
        limit: { atMost: 100 },
      },
    ];
    for (const { name: tool } of task.tools) {
      const isWrong = searches.some(({ word, tools }) => tools[tool]?.lines !== expected[word]);
      const measured = isWrong
        ? 'wrong totals'
        : ratiosOf(
            searches.map(({ wholeMs }) => wholeMs),
            searches.map(({ tools }) => tools[tool]?.wallMs ?? Number.NaN),
          );
      figures.push({ what: `${name}: time as against ${tool}, a process`, unit: '×', measured });
    }
    return {
      figures,
      failures: wrong.map(
        ({ word, calls }) => `search for ${word}: ${calls} calls instead of ${expected[word]}`,
      ),
    };
  },
};
