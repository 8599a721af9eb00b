import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from '../../scripts/lib/process.mjs';
import { findPython } from './measureProcess';

/** Drops files from memory, so that the next reader has them from the disk. False: that cannot be done here. */
export function evict(files: readonly string[]): boolean {
  const python = findPython();
  if (python === undefined) {
    return false;
  }
  const script = path.join(root, 'bench/lib/evict.py');
  return spawnSync(python, [script, ...files]).status === 0;
}
