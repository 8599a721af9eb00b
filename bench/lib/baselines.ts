import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root, say } from '../../scripts/lib/process.mjs';
import { filesOf, type Generated } from '../data/store';
import { countedByBaseline } from './checkTotals';
import { findPython } from './measureProcess';
import type { Contestant } from './paired';

const scripts = path.join(root, 'bench/baselines');

export const wordCount = 'wc -l';
export const nodeLines = 'Node, line breaks only';
export const nodeReadline = 'Node readline + JSON.parse';
export const nodeChunks = 'Node chunks + JSON.parse';
export const pythonLoop = 'Python json.loads loop';

/** `jq` with its version: they differ much in speed. */
export function jqName(): string | undefined {
  const { status, stdout } = spawnSync('jq', ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim().replace('-', ' ') : undefined;
}

/** Counts line breaks: what reading the bytes alone takes. */
export function wcLines(log: Generated<unknown>): Contestant {
  return {
    name: wordCount,
    command: ['wc', '-l', ...filesOf(log)],
    readTotals: output => ({ lines: Number.parseInt(output.trim().split('\n').at(-1) ?? '', 10) }),
  };
}

function nodeScript(log: Generated<unknown>, name: string, script: string): Contestant {
  return {
    name,
    command: [process.execPath, path.join(scripts, script), ...filesOf(log)],
    readTotals: countedByBaseline,
  };
}

/** The same by Node: what a program on it cannot undercut. */
export function nodeLineBreaks(log: Generated<unknown>): Contestant {
  return nodeScript(log, nodeLines, 'lines.mjs');
}

/** What people write themselves. Said aloud when something for it is missing. */
export function usualTools(log: Generated<unknown>): readonly Contestant[] {
  const files = filesOf(log);
  const python = findPython();
  const jq = jqName();
  if (jq === undefined) {
    say('there is no jq: it is left out');
  }
  return [
    nodeScript(log, nodeReadline, 'readline.mjs'),
    nodeScript(log, nodeChunks, 'chunks.mjs'),
    ...(python === undefined
      ? []
      : [
          {
            name: pythonLoop,
            command: [python, path.join(scripts, 'loop.py'), ...files] as const,
            readTotals: countedByBaseline,
          },
        ]),
    ...(jq === undefined
      ? []
      : [
          {
            name: jq,
            command: ['jq', '-nR', '-c', '-f', path.join(scripts, 'totals.jq'), ...files] as const,
            readTotals: countedByBaseline,
          },
        ]),
  ];
}
