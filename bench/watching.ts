import { conversationFiles } from './data/store';
import type { Bar } from './lib/bar';
import { runProbe } from './lib/probe';
import { type Spread, spreadOf } from './lib/spread';
import type { WatchingResult } from './probes/watching';

const folders = 20;
const repeats = 3;
const megabyte = 1024 * 1024;

/** Many small files in some folders, as agents leave them: one conversation a file. */
export const watching: Bar = {
  number: 9,
  title: 'watching a folder of many files',
  bound:
    'One kernel watch a folder (the outermost one too) and none a file. Every file is asked for its state once in a pass, which no event replaces: that is the time until it is ready. When nothing happens each folder is looked at every 2 seconds, and each file every 10 minutes. A file is its path, what knows it by that, and what was read of it: a kilobyte. Resident memory is what the runtime needed to read them all, too, and does not give back.',
  async measure({ watchedFiles, isFull }) {
    const { folder, totals } = conversationFiles(watchedFiles, folders);
    const results: WatchingResult[] = [];
    for (let index = 0; index < repeats; index++) {
      const idleSeconds = String(isFull ? 30 : 10);
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
          what: `${name}: CPU when idle`,
          unit: '%',
          measured: spread(({ idleCpu }) => idleCpu),
          limit: { atMost: 0.05 },
        },
      ],
      failures: [...new Set(results.map(({ records }) => records))]
        .filter(records => records !== totals.whole)
        .map(records => `${name}: ${records} records instead of ${totals.whole}`),
    };
  },
};
