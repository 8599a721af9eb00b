import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { root, say } from '../../scripts/lib/process.mjs';

export type Command = readonly [program: string, ...commandArguments: string[]];

/** One run of a program, start and end included. */
export interface Run {
  readonly wallMs: number;
  /** Of all its threads; undefined where nothing can tell. */
  readonly cpuSeconds: number | undefined;
  /** Largest resident memory; programs that need less than some 10 MB show those of what started them. */
  readonly peakBytes: number | undefined;
  readonly output: string;
}

/** A program that ended badly. */
export class RunFailed extends Error {}

const measurer = path.join(root, 'bench/lib/measure.py');
const maxOutput = 4 * 1024 * 1024; // characters that are kept

let python: string | undefined | null = null;

/** Python 3, which asks the kernel what a program took; said once when there is none. */
export function findPython(): string | undefined {
  if (python === null) {
    const isThere = spawnSync('python3', ['-c', 'import os; os.wait4']).status === 0;
    python = isThere ? 'python3' : undefined;
    if (!isThere) {
      say('there is no python3: CPU time and memory of programs are not measured, only wall time');
    }
  }
  return python;
}

/** Runs a program to its end. Throws RunFailed when it fails. */
export async function measureProcess(command: Command): Promise<Run> {
  const measuring = findPython();
  const [program, ...rest] =
    measuring === undefined ? command : ([measuring, '-S', '-E', measurer, ...command] as const);
  const started = performance.now();
  const child = spawn(program, rest, { cwd: root, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  const texts = ['', '', '', ''];
  for (const [descriptor, stream] of child.stdio.entries()) {
    stream?.on('data', (chunk: Buffer) => {
      texts[descriptor] = `${texts[descriptor]}${chunk.toString()}`.slice(-maxOutput);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const wallMs = performance.now() - started;
  const [, output = '', complaint = '', usage = ''] = texts;
  if (code !== 0) {
    throw new RunFailed(`it ended with ${code}: ${whatItSays(complaint)}`);
  }
  // of measure.py, which is ours
  const measured = (usage === '' ? {} : JSON.parse(usage)) as Partial<Run>;
  return { wallMs, cpuSeconds: undefined, peakBytes: undefined, ...measured, output };
}

/** The line that says what is wrong, without the places of this machine: it goes into a report. */
function whatItSays(complaint: string): string {
  const lines = complaint.trim().split('\n');
  const line = lines.find(each => /error/i.test(each)) ?? lines.at(-1) ?? '';
  return line.replaceAll(/"?\/[^\s",]*\/([^\s",/]*)"?/g, '$1').slice(0, 300);
}
