import fs from 'node:fs';
import path from 'node:path';
import { commands } from '../../src/cli/commands';
import { root } from '../../scripts/lib/process.mjs';
import { measureProcess, type Run, RunFailed } from '../lib/measureProcess';
import type { Times } from './verdict';

/** What a command wants beside the path; one that is told no path, or does not end by itself, is not looked at. */
const argumentsOf = new Map([
  ['check', ['--fail-on', 'never']],
  ['search', ['the']],
]);
const left = new Set(['show', 'sources', 'watch']);

/** CPU seconds of every command on a folder, start-up excluded; `limit` in CPU seconds. */
export async function timeCommands(folder: string, limit: number): Promise<Times> {
  const empty = `${folder}-empty`;
  fs.mkdirSync(empty, { recursive: true });
  const startUp = (await timeCommand(['stats', empty], limit))?.cpuSeconds ?? 0;
  const times = new Map<string, number | undefined>();
  const time = async (name: string, more: readonly string[]): Promise<string> => {
    const run = await timeCommand([name, folder, ...more], limit);
    times.set(`callsight ${name}`, run && (run.cpuSeconds ?? 0) - startUp);
    return run?.output ?? '';
  };
  for (const { name } of commands.filter(each => !left.has(each.name))) {
    const output = await time(name, argumentsOf.get(name) ?? []);
    const key = name === 'calls' ? keyIn(output) : undefined;
    if (key !== undefined) {
      await time('show', [key]);
    }
  }
  fs.rmdirSync(empty);
  return times;
}

/** Undefined: it did not end within the limit. */
async function timeCommand(
  commandArguments: readonly string[],
  limit: number,
): Promise<Run | undefined> {
  const command = [process.execPath, path.join(root, 'dist/cli.js'), ...commandArguments, '--json'];
  try {
    return await measureProcess(['sh', '-c', `ulimit -t ${limit}; exec "$@"`, 'sh', ...command]);
  } catch (error) {
    if (error instanceof RunFailed && isKilled(error.message)) {
      return undefined;
    }
    throw error;
  }
}

/** By SIGKILL or SIGXCPU, as a shell or Python numbers them. */
function isKilled(message: string): boolean {
  return /ended with (?:137|247|152|232):/.test(message);
}

/** Of the last call that was printed. */
function keyIn(output: string): string | undefined {
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  return /"key":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
}
