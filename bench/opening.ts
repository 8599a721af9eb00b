import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { contentLog, filesOf, type Generated, smallLog } from './data/store';
import type { Bar, Outcome } from './lib/bar';
import { countedByStats, wrongTotals } from './lib/checkTotals';
import type { Figure } from './lib/figure';
import { evict } from './lib/pageCache';
import { runProbe } from './lib/probe';
import { ratiosOf, spreadOf } from './lib/spread';
import type { ClosedBeforeResult } from './probes/closedBefore';
import type { OpeningResult } from './probes/opening';

const firstRowsLimit = { atMost: 50 };

async function openings(
  log: Generated,
  rounds: number,
  { isCold = false, storage }: { readonly isCold?: boolean; readonly storage?: string },
): Promise<{ readonly results: readonly OpeningResult[]; readonly failures: readonly string[] }> {
  const results: OpeningResult[] = [];
  for (let round = 0; round < rounds; round++) {
    if (isCold && !evict(filesOf(log))) {
      return { results: [], failures: [] };
    }
    results.push(
      (
        await runProbe<OpeningResult>(
          'opening',
          log.folder,
          ...(storage === undefined ? [] : [storage]),
        )
      ).result,
    );
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
  const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-bench-'));
  await runProbe<OpeningResult>('opening', log.folder, storage, 'keep');
  const warm = await openings(log, rounds, { storage });
  fs.rmSync(storage, { recursive: true });
  const cold = await openings(log, rounds, { isCold: true });
  const timeOf = (results: readonly OpeningResult[], pick: (result: OpeningResult) => number) =>
    results.length === 0
      ? 'the page cache cannot be dropped here'
      : spreadOf(results.map(result => pick(result)));
  const figures: readonly Figure[] = [
    {
      what: `${name}: reopened, until all of it is there`,
      unit: 'ms',
      measured: timeOf(warm.results, ({ wholeMs }) => wholeMs),
      limit: { atMost: reopenMs },
    },
    {
      what: `${name}: reopened, first rows`,
      unit: 'ms',
      measured: timeOf(warm.results, ({ firstRowsMs }) => firstRowsMs),
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

/** What another folder leaves behind when it is closed must not slow down the next one. */
async function openAgain(
  name: string,
  log: Generated,
  rounds: number,
): Promise<Required<Omit<Outcome, 'tables'>>> {
  const results: ClosedBeforeResult[] = [];
  for (let round = 0; round < rounds; round++) {
    results.push((await runProbe<ClosedBeforeResult>('closedBefore', log.folder)).result);
  }
  return {
    figures: [
      {
        what: `${name}: opened after as many were closed, time as against the first`,
        unit: '×',
        measured: ratiosOf(
          results.map(({ again }) => again),
          results.map(({ first }) => first),
        ),
      },
    ],
    failures: results.flatMap(({ stats }) => wrongTotals(countedByStats(stats), log.totals)),
  };
}

/** From adding a folder to a running engine until there is something to show, and until everything is there. */
export const opening: Bar = {
  number: 8,
  title: 'opening a folder, and opening it again',
  bound:
    'Reopening reads the kept index and looks at both ends of each file. The first rows of a cold folder need the end of the newest file only; whatever is read before they are asked for delays them. Of the time to reopen a gigabyte a fifth is the index; most of the rest is code that runs for the first time, and reading records for what is not kept (names and error messages of the first page). Within a day, on one machine, a gigabyte was reopened in 99.9 to 125 ms and the first rows were there after 49 to 67 (five runs of 6 rounds; two builds in turn differed by less than two runs of one): the limits lie within what the hour makes of it.',
  tried:
    'the letters that each error pattern needs worked out by the build, prices loaded by require, a few lines at the end before the rest of the preview (a third to a fifth of the time before); all that an error pattern needs written down by the build (a twelfth of reopening), objects only of the traces of a page (a seventh), 12 lines at first instead of 32 (a fifth of the first small records). One line of the beginning instead of a KiB made no difference. The code cache of V8 saves 40 ms of the start of the thread and nothing until the first rows.',
  async measure({ contentMegabytes, smallRecords, rounds }) {
    const small = smallLog(smallRecords);
    const smallName = `${smallRecords.toLocaleString('en-US')} small records`;
    const outcomes = [
      await openOne(
        `${contentMegabytes} MB with content`,
        contentLog(contentMegabytes),
        rounds,
        100,
      ),
      await openOne(smallName, small, rounds, 250),
      await openAgain(smallName, small, rounds),
    ];
    return {
      figures: outcomes.flatMap(({ figures }) => figures),
      failures: outcomes.flatMap(({ failures }) => failures),
    };
  },
};
