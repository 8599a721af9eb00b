import path from 'node:path';
import { root } from '../../scripts/lib/process.mjs';
import { measureProcess, type Run } from './measureProcess';

/** What a program of `bench/probes` printed, and what it took. */
export interface Probed<Result> {
  readonly result: Result;
  readonly run: Run;
}

/** Runs a program of `bench/probes` in a process of its own; its last line is its result. */
export async function runProbe<Result>(
  name: string,
  ...probeArguments: readonly string[]
): Promise<Probed<Result>> {
  const file = path.join(root, 'out/bench/probes', `${name}.mjs`);
  const run = await measureProcess([process.execPath, '--expose-gc', file, ...probeArguments]);
  // each probe says in its type what it prints
  const result = JSON.parse(run.output.trim().split('\n').at(-1) ?? '') as Result;
  return { result, run };
}
