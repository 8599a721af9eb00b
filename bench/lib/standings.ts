import { type Figure, type Limit, showNumber } from './figure';
import type { Run } from './measureProcess';
import type { Standing } from './paired';
import { ratiosOf, spreadOf } from './spread';
import type { Table } from './table';

const megabyte = 1024 * 1024;

/** Something that every run has, or none: `wallMs`. */
export type Measure = 'wallMs' | 'cpuSeconds' | 'peakBytes';

/** How many times as much `of` takes as `against`, round by round. */
export function compare(
  standings: readonly Standing[],
  what: string,
  { of, against, measure = 'wallMs' }: { of: string; against: string; measure?: Measure },
  limit?: Limit,
): Figure {
  const pair = [of, against].map(name => standings.find(standing => standing.name === name));
  const [problem] = pair.flatMap((standing, index) => {
    const name = [of, against][index];
    // the table has the whole of it
    const said = standing ? standing.problem?.split(':')[0] : 'not there';
    return said === undefined ? [] : `${name}: ${said}`;
  });
  const base = { what, unit: '×', limit } as const;
  if (problem !== undefined) {
    return { ...base, measured: problem };
  }
  const [ours = [], theirs = []] = pair.map(standing => valuesOf(standing?.runs ?? [], measure));
  return ours.length === 0 || ours.length !== theirs.length
    ? { ...base, measured: 'nothing here can tell' }
    : { ...base, measured: ratiosOf(ours, theirs) };
}

export function valuesOf(runs: readonly Run[], measure: Measure): readonly number[] {
  return runs.flatMap(run => run[measure] ?? []);
}

/** What each took, beside the one that is named first. */
export function standingsTable(title: string, standings: readonly Standing[]): Table {
  const [reference] = standings;
  return {
    title,
    columns: [
      'tool',
      'wall ms (median, range)',
      `× ${reference?.name ?? ''}`,
      'CPU s',
      'peak MB',
      '',
    ],
    rows: standings.map(({ name, runs, problem }) => {
      if (problem !== undefined || runs.length === 0) {
        return [name, '', '', '', '', problem ?? 'no run'];
      }
      const wall = spreadOf(valuesOf(runs, 'wallMs'));
      const ratio = reference?.runs.length
        ? ratiosOf(valuesOf(runs, 'wallMs'), valuesOf(reference.runs, 'wallMs'))
        : undefined;
      return [
        name,
        `${showNumber(wall.median)} (${showNumber(wall.min)}–${showNumber(wall.max)})`,
        ratio ? showNumber(ratio.median) : '',
        medianOf(valuesOf(runs, 'cpuSeconds')),
        medianOf(valuesOf(runs, 'peakBytes').map(bytes => bytes / megabyte)),
      ];
    }),
  };
}

function medianOf(values: readonly number[]): string {
  return values.length === 0 ? '?' : showNumber(spreadOf(values).median);
}
