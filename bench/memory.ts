import { contentLog, type Generated, smallLog } from './data/store';
import type { Bar, Outcome } from './lib/bar';
import { callsightStats, ours } from './lib/callsight';
import { countedByStats, wrongTotals } from './lib/checkTotals';
import type { Figure, Limit } from './lib/figure';
import { runPaired } from './lib/paired';
import { runProbe } from './lib/probe';
import { type Spread, spreadOf } from './lib/spread';
import { standingsTable, valuesOf } from './lib/standings';
import type { MemoryResult } from './probes/memory';

const megabyte = 1024 * 1024;
const repeats = 3; // memory varies little: a median of three will do

async function memoryOf(
  name: string,
  log: Generated,
  limits: { readonly perRecord?: Limit; readonly heap?: Limit; readonly peak: Limit },
): Promise<Required<Outcome>> {
  const results: MemoryResult[] = [];
  for (let index = 0; index < repeats; index++) {
    results.push((await runProbe<MemoryResult>('memory', log.folder)).result);
  }
  const growth = (
    measure: (memory: MemoryResult['after']) => number,
    until: 'after' | 'withFindings' = 'after',
  ): Spread => spreadOf(results.map(result => measure(result[until]) - measure(result.before)));
  const perRecord = (spread: Spread): Spread => scaled(spread, 1 / log.totals.records);
  const resident = perRecord(growth(({ rss }) => rss)).median;
  const standings = await runPaired([callsightStats(log)], {
    rounds: repeats,
    expected: log.totals,
  });
  const standing = standings.find(each => each.name === ours);
  const peaks = valuesOf(standing?.runs ?? [], 'peakBytes');
  const figures: Figure[] = [
    {
      what: `${name}: held a record, heap and buffers`,
      unit: 'B',
      measured: perRecord(growth(({ heapUsed, external }) => heapUsed + external)),
      limit: limits.perRecord,
      remark: `resident memory grew by ${resident.toFixed(0)} B a record`,
    },
    {
      what: `${name}: growth of the JavaScript heap`,
      unit: 'MB',
      measured: scaled(
        growth(({ heapUsed }) => heapUsed),
        1 / megabyte,
      ),
      limit: limits.heap,
    },
    {
      what: `${name}: the same with all findings and a filter`,
      unit: 'MB',
      measured: scaled(
        growth(({ heapUsed }) => heapUsed, 'withFindings'),
        1 / megabyte,
      ),
    },
    {
      what: `${name}: peak memory of callsight stats`,
      unit: 'MB',
      measured:
        peaks.length > 0
          ? scaled(spreadOf(peaks), 1 / megabyte)
          : (standing?.problem ?? 'nothing here can tell'),
      limit: limits.peak,
    },
  ];
  const wrong = results.flatMap(({ stats }) => wrongTotals(countedByStats(stats), log.totals));
  return {
    figures,
    tables: [standingsTable(name, standings)],
    failures: [
      ...new Set(wrong.map(each => `engine on ${name}: ${each}`)),
      ...(standing?.problem === undefined ? [] : [standing.problem]),
    ],
  };
}

function scaled({ median, min, max }: Spread, factor: number): Spread {
  return { median: median * factor, min: min * factor, max: max * factor };
}

/** What the engine keeps, measured in its own thread after garbage was collected, and what it needs at most. */
export const memory: Bar = {
  number: 4,
  title: 'memory',
  bound:
    'A record is numbers in columns and a share of the texts that records have in common (models, trace ids). What is read at the same time, and the runtime itself, make up the peak: Node alone is 45 MB, the compiled bundle 12 MB. Where somebody shows findings or filters, each trace is an object besides, and so is what was found.',
  tried:
    'narrower blocks for new rows, and runs of their own for the numbers of request ids (both took more); tables of texts that grow to what is still to come, and a byte for neighbours in a trace, tables that foresee what all their parts will hold (70 became 64 bytes); columns of rows nearby that do not stay wide behind a preview, and room for fewer rows at the end of a column (64.2 became 63.2). The space for new objects does not grow (decision 14): 25 MB less at the peak, in the same time.',
  async measure({ contentMegabytes, smallRecords }) {
    const small = `${smallRecords.toLocaleString('en-US')} small records`;
    const content = `${contentMegabytes} MB with content`;
    const outcomes = [
      await memoryOf(small, smallLog(smallRecords), {
        perRecord: { atMost: 64 },
        heap: { atMost: 8 },
        peak: { atMost: 200 },
      }),
      await memoryOf(content, contentLog(contentMegabytes), { peak: { atMost: 120 } }),
    ];
    return {
      figures: outcomes.flatMap(({ figures }) => figures),
      tables: outcomes.flatMap(({ tables }) => tables),
      failures: outcomes.flatMap(({ failures }) => failures),
    };
  },
};
