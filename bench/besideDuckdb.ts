import { contentLog, type Generated, smallLog } from './data/store';
import type { Bar, Outcome } from './lib/bar';
import { callsightStats, failuresOf, ours } from './lib/callsight';
import { duckdb, duckdbName } from './lib/duckdb';
import type { Limit } from './lib/figure';
import { runPaired } from './lib/paired';
import { compare, standingsTable } from './lib/standings';

interface Limits {
  readonly wall?: Limit;
  readonly cpu?: Limit;
  readonly peak?: Limit;
}

async function besideOne(
  name: string,
  log: Generated,
  rounds: number,
  { wall, cpu, peak }: Limits,
): Promise<Required<Outcome>> {
  const contestants = [callsightStats(log), ...(await duckdb(log))];
  const standings = await runPaired(contestants, { rounds, expected: log.totals });
  const [faster, share] = [
    { of: duckdbName, against: ours },
    { of: ours, against: duckdbName },
  ];
  return {
    figures: [
      compare(standings, `${name}: times as fast as DuckDB`, faster, wall),
      compare(
        standings,
        `${name}: CPU as against DuckDB`,
        { ...share, measure: 'cpuSeconds' },
        cpu,
      ),
      compare(
        standings,
        `${name}: memory as against DuckDB`,
        { ...share, measure: 'peakBytes' },
        peak,
      ),
    ],
    tables: [standingsTable(name, standings)],
    failures: failuresOf(standings),
  };
}

/** The same figures by DuckDB's read_json, told its columns. */
export const besideDuckdb: Bar = {
  number: 2,
  title: 'stats, beside DuckDB',
  bound:
    'DuckDB skips content too, in C++ and on all cores; some of its time is the start of Node and of its library. On records without content there is nothing to skip. It adds up a few columns and forgets each record; ours keeps an index of all of them, by which calls are listed, put into traces and found again. Where it fails at a broken line, or drops records beside one, its time does not count: the logs without broken lines are those to compare.',
  async measure({ contentMegabytes, smallRecords, rounds }) {
    const count = smallRecords.toLocaleString('en-US');
    const faster = { wall: { atLeast: 1.4 } };
    const half = { atMost: 0.5 };
    const withContent = { wall: { atLeast: 2 }, cpu: half, peak: half };
    const outcomes = [
      await besideOne(
        `${contentMegabytes} MB with content`,
        contentLog(contentMegabytes),
        rounds,
        withContent,
      ),
      await besideOne(
        `${contentMegabytes} MB with content, no broken line`,
        contentLog(contentMegabytes, 'unbroken'),
        rounds,
        withContent,
      ),
      await besideOne(`${count} small records`, smallLog(smallRecords), rounds, faster),
      await besideOne(
        `${count} small records, no broken line`,
        smallLog(smallRecords, 'unbroken'),
        rounds,
        faster,
      ),
      await besideOne(
        `${count} small records, keys in any order`,
        smallLog(smallRecords, 'shuffled'),
        rounds,
        {},
      ),
    ];
    return {
      figures: outcomes.flatMap(({ figures }) => figures),
      tables: outcomes.flatMap(({ tables }) => tables),
      failures: outcomes.flatMap(({ failures }) => failures),
    };
  },
};
