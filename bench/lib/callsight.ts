import path from 'node:path';
import { root } from '../../scripts/lib/process.mjs';
import type { Generated } from '../data/store';
import { countedByStats } from './checkTotals';
import type { Contestant, Standing } from './paired';

/** The command line as it is shipped. */
const cliFile = path.join(root, 'dist/cli.js');
/** The engine as the extension starts it, in a worker. */
export const engineFile = path.join(root, 'dist/engine.js');

export const ours = 'callsight stats';

/** The command line on a log. */
export function callsightStats({ folder }: Generated<unknown>): Contestant {
  return {
    name: ours,
    command: [process.execPath, cliFile, 'stats', '--json', folder],
    readTotals: output => countedByStats(JSON.parse(output)),
  };
}

/** What is wrong with our own totals, if anything. */
export function failuresOf(standings: readonly Standing[]): readonly string[] {
  return standings.flatMap(({ name, problem }) =>
    name === ours && problem !== undefined ? [`${name}: ${problem}`] : [],
  );
}
