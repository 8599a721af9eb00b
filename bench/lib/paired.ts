import type { Totals } from '../data/totals';
import { type Counted, wrongTotals } from './checkTotals';
import { type Command, measureProcess, type Run, RunFailed } from './measureProcess';

/** A program that counts what is in a log. */
export interface Contestant {
  readonly name: string;
  readonly command: Command;
  /** Of what it printed. */
  readonly readTotals: (output: string) => Counted;
}

/** What became of a contestant: one run a round; or why none of them counts. */
export interface Standing {
  readonly name: string;
  readonly runs: readonly Run[];
  /** It failed, or its totals are wrong. */
  readonly problem: string | undefined;
}

export interface PairedOptions {
  readonly rounds: number;
  readonly expected: Totals;
  /** Done before every run, not measured. */
  readonly before?: (() => Promise<void>) | undefined;
}

/**
 * Runs programs in turn, round after round, so that whatever else the machine does falls on all of them. One run before the
 * first round warms up what is to be warm and shows the totals: who counts wrong, or fails, takes no part.
 */
export async function runPaired(
  contestants: readonly Contestant[],
  { rounds, expected, before }: PairedOptions,
): Promise<readonly Standing[]> {
  const standings = new Map<string, { runs: Run[]; problem: string | undefined }>();
  for (const contestant of contestants) {
    const problem = await tryOut(contestant, expected);
    standings.set(contestant.name, { runs: [], problem });
  }
  for (let round = 0; round < rounds; round++) {
    // nobody always runs after the same one
    const first = round % contestants.length;
    const order = [...contestants.slice(first), ...contestants.slice(0, first)];
    for (const { name, command } of order) {
      const standing = standings.get(name);
      if (standing?.problem === undefined) {
        await before?.();
        standing?.runs.push(await measureProcess(command));
      }
    }
  }
  return [...standings].map(([name, standing]) => ({ name, ...standing }));
}

async function tryOut(
  { command, readTotals }: Contestant,
  expected: Totals,
): Promise<string | undefined> {
  try {
    const { output } = await measureProcess(command);
    const wrong = wrongTotals(readTotals(output), expected);
    return wrong.length === 0 ? undefined : `wrong totals: ${wrong.join('; ')}`;
  } catch (error) {
    if (error instanceof RunFailed || error instanceof SyntaxError) {
      return error.message;
    }
    throw error;
  }
}
