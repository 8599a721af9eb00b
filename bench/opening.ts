import { contentLog, filesOf, type Generated, smallLog } from './data/store';
import type { Bar, Outcome } from './lib/bar';
import { countedByStats, wrongTotals } from './lib/checkTotals';
import type { Figure } from './lib/figure';
import { evict } from './lib/pageCache';
import { runProbe } from './lib/probe';
import { spreadOf } from './lib/spread';
import type { OpeningResult } from './probes/opening';

const firstRowsLimit = { atMost: 50 };

async function openings(
  log: Generated,
  rounds: number,
  isCold: boolean,
): Promise<{ readonly results: readonly OpeningResult[]; readonly failures: readonly string[] }> {
  const results: OpeningResult[] = [];
  for (let round = 0; round < rounds; round++) {
    if (isCold && !evict(filesOf(log))) {
      return { results: [], failures: [] };
    }
    results.push((await runProbe<OpeningResult>('opening', log.folder)).result);
  }
  const wrong = results.flatMap(({ stats }) => wrongTotals(countedByStats(stats), log.totals));
  return { results, failures: [...new Set(wrong)] };
}

async function openOne(
  name: string,
  log: Generated,
  rounds: number,
  reopenMs: number,
): Promise<Required<Omit<Outcome, 'tables'>>> {
  const warm = await openings(log, rounds, false);
  const cold = await openings(log, rounds, true);
  const timeOf = (results: readonly OpeningResult[], pick: (result: OpeningResult) => number) =>
    results.length === 0
      ? 'the page cache cannot be dropped here'
      : spreadOf(results.map(result => pick(result)));
  const figures: readonly Figure[] = [
    {
      what: `${name}: reopened (no index is kept yet, all is read again)`,
      unit: 'ms',
      measured: timeOf(warm.results, ({ wholeMs }) => wholeMs),
      limit: { atMost: reopenMs },
    },
    {
      what: `${name}, cold: first rows`,
      unit: 'ms',
      measured: timeOf(cold.results, ({ firstRowsMs }) => firstRowsMs),
      limit: firstRowsLimit,
    },
    {
      what: `${name}, cold: all of it`,
      unit: 'ms',
      measured: timeOf(cold.results, ({ wholeMs }) => wholeMs),
    },
  ];
  return { figures, failures: [...warm.failures, ...cold.failures] };
}

/** From adding a folder to a running engine until there is something to show, and until everything is there. */
export const opening: Bar = {
  number: 8,
  title: 'opening a folder, and opening it again',
  bound:
    'Without an index on disk all bytes are read again. The first rows need the end of the newest file only; whatever is read before they are asked for delays them.',
  async measure({ contentMegabytes, smallRecords, rounds }) {
    const outcomes = [
      await openOne(
        `${contentMegabytes} MB with content`,
        contentLog(contentMegabytes),
        rounds,
        100,
      ),
      await openOne(
        `${smallRecords.toLocaleString('en-US')} small records`,
        smallLog(smallRecords),
        rounds,
        250,
      ),
    ];
    return {
      figures: outcomes.flatMap(({ figures }) => figures),
      failures: outcomes.flatMap(({ failures }) => failures),
    };
  },
};
