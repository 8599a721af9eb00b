import { contentLog, filesOf } from './data/store';
import type { Bar } from './lib/bar';
import { nodeLineBreaks, nodeLines, wcLines, wordCount } from './lib/baselines';
import { callsightStats, failuresOf, ours } from './lib/callsight';
import { evict } from './lib/pageCache';
import { runPaired } from './lib/paired';
import { compare, standingsTable } from './lib/standings';

const against = { of: ours, against: wordCount };

/** Statistics of a log with content beside the least that any tool must do: read the bytes and find the line breaks. */
export const contentStats: Bar = {
  number: 1,
  title: 'stats of a log with content, beside wc -l',
  bound:
    'wc only looks for line breaks. A program on Node cannot be faster than Node that looks for them too (the row beside it; on a small log most of that is the start of Node), unless it reads on several cores. Cold, the disk sets the pace of all. Ours reads and scans in one thread (0.3 s of a gigabyte to read it, 0.35 s to scan it), and in the other learns how each kind of line is read, puts rows into columns and adds them up; while it learns, the first thread waits.',
  tried:
    'bytes passed over 16, then 64 at a time (1.6, then 4.4 GB/s); fewer shapes to learn (fields that look to blame for one another: 190 became 80); words judged in one go; no checksum of what is scanned ahead; rows put into columns a window at a time; larger windows (no difference); the price list loaded by require (70 ms of every start).',
  async measure({ contentMegabytes, rounds }) {
    const log = contentLog(contentMegabytes);
    const files = filesOf(log);
    const contestants = [wcLines(log), nodeLineBreaks(log), callsightStats(log)];
    const options = { rounds, expected: log.totals };
    const warm = await runPaired(contestants, options);
    const size = `${contentMegabytes} MB`;
    const figures = [
      compare(warm, `${size}, warm: time as against wc -l`, against, { atMost: 3 }),
      compare(warm, `${size}, warm: ${nodeLines}, time as against wc -l`, {
        ...against,
        of: nodeLines,
      }),
      compare(warm, `${size}, warm: CPU as against wc -l`, { ...against, measure: 'cpuSeconds' }),
    ];
    const failures = [...failuresOf(warm)];
    const tables = [standingsTable(`${size}, warm`, warm)];
    const what = `${size}, cold: time as against wc -l`;
    const limit = { atMost: 1.25 };
    if (evict(files)) {
      const before = async () => void evict(files);
      const cold = await runPaired(contestants, { ...options, before });
      figures.push(compare(cold, what, against, limit));
      failures.push(...failuresOf(cold));
      tables.push(
        standingsTable(`${size}, cold (dropped from the page cache before each run)`, cold),
      );
    } else {
      const measured = 'the page cache cannot be dropped here';
      figures.push({ what, unit: '×', measured, limit });
    }
    return { figures, tables, failures };
  },
};
