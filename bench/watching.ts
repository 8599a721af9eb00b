import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../scripts/lib/process.mjs';
import { conversationFiles } from './data/store';
import type { Bar } from './lib/bar';
import { runProbe } from './lib/probe';
import { type Spread, spreadOf } from './lib/spread';
import type { WatchingResult } from './probes/watching';

const folders = 20;
/** A folder in which something has changed in the last five minutes is looked at more often: see `livelyMs`. */
const quietMs = 330_000;
const megabyte = 1024 * 1024;

/** Many small files in some folders, as agents leave them: one conversation a file. */
export const watching: Bar = {
  number: 9,
  title: 'watching a folder of many files',
  bound:
    'One kernel watch a folder (the outermost one too) and none a file. Every file is asked for its state once in a pass, which no event replaces: that is the time until it is ready. When nothing happens each folder is looked at every 2 seconds, and each file every 5 minutes. A file is its path, what knows it by that, and what was read of it: 0.55 kB. Resident memory is what the runtime needed to read them, too, whatever their number: half of it is there after 500 files. That is 4 MB of pages of Node itself that had not been run before, 1 of compiled code, 2 of heap, and up to 6 of what the threads of the compiler had and the C library keeps. For 9,500 files more it is 2 MB of heap, 2 of buffers, and 2 of compiled code and of what compiling took. When nothing happens, the states of 21 folders every 2 seconds and of 500 files every 15 are half of the work of the engine: as much in the kernel, which resolves a path each time, as in what Node 20 makes of each (0.9 kB, four dates among it, which V8 collects three or four times a minute). A sixth is waking up, and up to a quarter in the first minutes the compiler, for code that had no work before.',
  tried:
    'files at rest as rows of numbers, few records in columns that all files share, readers dropped at the end of a file: a file costs 1 kB instead of 10. Paths as numbers, what few files have in an object of its own, no hidden methods (8 bytes in each object): 0.55 kB. The rest of it is its records and what is told of it (0.35 kB, three objects that could be columns), its path and what its record says (0.1 kB each). The bundles read in pieces of 64 kB: 77 MB after reading instead of 85, of which 5 are saved before it and count for nothing here (not kept: decision 12). A bound for the young generation of V8 (3 and 12 MB): no difference to what is left. A pass that stops when all folders are as they were, and files that have their turn without their folder being listed: half the CPU of the idle thread, and half of what it allocates. Watches that are set up while folders are listed, and of each file at first only what a glance told: a seventh less until it is ready, and no second listing. To look into a quiet folder every ten minutes only halves a part of the idle time and doubles the time in which a write without an event goes unnoticed: not kept. A pass that asks for the states of the folders and makes nothing else when they are as they were: a third less of it, a second place that decides what is unseen, and not kept. One state of a file that stays, so that V8 does not forget with the last of them what it had compiled for them, 10 ms of work in the first minute.',
  async measure({ watchedFiles, isFull, rounds }) {
    const { folder, totals } = conversationFiles(watchedFiles, folders);
    await waitUntilQuiet(folder);
    const results: WatchingResult[] = [];
    for (let round = 0; round < rounds; round++) {
      // in a minute four folders have their turn
      const idleSeconds = String(isFull ? 60 : 10);
      const probe = await runProbe<WatchingResult>(
        'watching',
        folder,
        String(folders + 1),
        idleSeconds,
      );
      results.push(probe.result);
    }
    const spread = (pick: (result: WatchingResult) => number): Spread =>
      spreadOf(results.map(result => pick(result)));
    const held = spread(
      ({ before, after }) =>
        (after.heapUsed + after.external - before.heapUsed - before.external) / megabyte,
    );
    const name = `${watchedFiles.toLocaleString('en-US')} files in ${folders} folders`;
    const areWatchesKnown = results.every(({ kernelWatches }) => kernelWatches !== undefined);
    return {
      figures: [
        {
          what: `${name}: listed and watched`,
          unit: 'ms',
          measured: spread(({ readyMs }) => readyMs),
          limit: { atMost: 150 },
        },
        { what: `${name}: all read`, unit: 'ms', measured: spread(({ readMs }) => readMs) },
        {
          what: `${name}: kernel watches`,
          unit: '',
          measured: areWatchesKnown
            ? spread(({ kernelWatches }) => kernelWatches ?? Number.NaN)
            : 'only Linux tells',
          limit: { atMost: folders + 1 },
        },
        {
          what: `${name}: growth of resident memory`,
          unit: 'MB',
          measured: spread(({ before, after }) => (after.rss - before.rss) / megabyte),
          limit: { atMost: 5 },
          remark: `both settled, half a minute after a forced collection; heap and buffers grew by ${held.median.toFixed(1)} MB`,
        },
        {
          what: `${name}: collecting what reading left`,
          unit: 'ms',
          measured: spread(({ collectingMs }) => collectingMs),
          remark:
            'CPU time from the end of reading until the idle time; V8 does so up to two minutes after reading',
        },
        {
          what: `${name}: CPU when idle`,
          unit: '%',
          measured: spread(({ idleCpu }) => idleCpu),
          limit: { atMost: 0.05 },
          remark: `the same process before it watched anything: ${spread(({ idleCpuBefore }) => idleCpuBefore).median.toFixed(3)} %`,
        },
      ],
      failures: [...new Set(results.map(({ records }) => records))]
        .filter(records => records !== totals.whole)
        .map(records => `${name}: ${records} records instead of ${totals.whole}`),
    };
  },
};

/** Files that were just generated are no quiet ones. */
async function waitUntilQuiet(folder: string): Promise<void> {
  const waitMs = fs.statSync(folder).ctimeMs + quietMs - Date.now();
  if (waitMs > 0) {
    say(`waiting ${Math.ceil(waitMs / 1000)} s: the files were written a moment ago`);
    await sleep(waitMs);
  }
}
