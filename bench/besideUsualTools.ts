import { contentLog, type Generated, smallLog } from './data/store';
import type { Bar, Outcome } from './lib/bar';
import { jqName, nodeChunks, nodeReadline, pythonLoop, usualTools } from './lib/baselines';
import { callsightStats, failuresOf, ours } from './lib/callsight';
import type { Limit } from './lib/figure';
import { runPaired } from './lib/paired';
import { compare, standingsTable } from './lib/standings';

type Limits = ReadonlyMap<string, Limit>;

async function besideAll(
  name: string,
  log: Generated,
  rounds: number,
  limits: Limits,
): Promise<Required<Outcome>> {
  const contestants = [callsightStats(log), ...usualTools(log)];
  const standings = await runPaired(contestants, { rounds, expected: log.totals });
  const tools = [nodeReadline, nodeChunks, pythonLoop, jqName() ?? 'jq'];
  return {
    figures: tools.map(tool =>
      compare(
        standings,
        `${name}: times as fast as ${tool}`,
        { of: tool, against: ours },
        limits.get(tool.replace(/ [\d.]+$/, '')),
      ),
    ),
    tables: [standingsTable(name, standings)],
    failures: failuresOf(standings),
  };
}

/** What people use or write when they have a log to count. */
export const besideUsualTools: Bar = {
  number: 3,
  title: 'stats, beside what people write themselves',
  bound:
    'They parse each line whole; a reader that skips content does less the more content there is. On records without content there is little to skip. What bounds ours is told at bar 1.',
  async measure({ contentMegabytes, smallRecords, rounds }) {
    const count = smallRecords.toLocaleString('en-US');
    const limits: Limits = new Map([
      [nodeReadline, { atLeast: 10 }],
      [pythonLoop, { atLeast: 8 }],
      ['jq', { atLeast: 12 }],
    ]);
    const outcomes = [
      await besideAll(
        `${contentMegabytes} MB with content`,
        contentLog(contentMegabytes),
        rounds,
        limits,
      ),
      await besideAll(`${count} small records`, smallLog(smallRecords), rounds, new Map()),
    ];
    return {
      figures: outcomes.flatMap(({ figures }) => figures),
      tables: outcomes.flatMap(({ tables }) => tables),
      failures: outcomes.flatMap(({ failures }) => failures),
    };
  },
};
