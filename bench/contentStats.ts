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
    'wc only looks for line breaks. A program on Node cannot be faster than Node that looks for them too (the row beside it; on a small log most of that is the start of Node), unless it reads on several cores. Cold, the disk sets the pace of all. Of 1.2 s of a gigabyte 0.1 s are the start, 0.35 s go to finding out how each kind of line is read (while there is little that a second thread could do), 0.65 s to reading, scanning and rows by two threads, and 0.15 s to traces and statistics. By the length of the log: a line 0.14 s, 8 MB 0.44, 30 MB 0.52, 256 MB 0.76; 0.4 s are the start and code that runs for the first time, however long the log is. The compiler of V8 takes a quarter of all CPU time, on the same two cores. To read a gigabyte out of the page cache, without a look at it, takes one core as long as wc takes in all (0.16 s). Were rows and statistics to cost nothing (left out for once), a gigabyte would still take 0.9 s where wc takes 0.2, and a million small records 1.1 s where DuckDB takes 0.6: start, learning and scanning alone are more than bars 1 and 2 leave.',
  tried:
    'bytes passed over 16, then 64 at a time (1.6, then 4.4 GB/s); fewer shapes to learn (190, then 72, now 31), and a fifth of the readings on trial; no checksum of what is scanned ahead; rows put into columns a window at a time, and look-ups of texts fetched together; statistics out of columns; texts listed once for a window instead of 32 bytes in each slot, since what one thread writes is slow to come to the other, and no object for a number that is handed on (an eighth of the time of that thread on small records, both); less inlining by V8 (a seventh of the time: decision 13); whoever is free reads and scans (an eighth); windows of a megabyte, three instead of four (a fifteenth; two megabytes gain as much again with content and cost a sixth on small records). No difference made: more windows, a collector of garbage without threads of its own, a second thread that scans all and is not helped, a code cache for the bundle (a twentieth, and it would have to be written to disk), more calls before code is optimised (a twentieth of the CPU time, none of the time), compiling all code at once without optimising it, learning nothing of the first megabytes.',
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
