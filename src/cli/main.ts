import fs from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { keepYoungSmall } from './collecting';
import { compileSmaller } from './compiling';
import type { Io } from './io';
import { run } from './run';

/** Of the package that this bundle lies in (`dist/cli.js`). */
function readVersion(): string {
  const text = fs.readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8');
  const manifest: unknown = JSON.parse(text);
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}

const io: Io = {
  // few commands read it, and Node takes a millisecond to open it
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  readVersion,
  searchThread: path.join(__dirname, 'search.js'),
  scanThread: availableParallelism() > 1 ? path.join(__dirname, 'scan.js') : undefined,
  untilInterrupted: () =>
    new Promise(resolve => {
      process.once('SIGINT', () => resolve());
      process.once('SIGTERM', () => resolve());
    }),
};

// What reads logs is a part of its own (`src/engine/reading.ts`): when V8 has read its half a megabyte of source it is too late for both.
compileSmaller();
keepYoungSmall();
void run(process.argv.slice(2), io).then(
  // open handles (stdin of `watch`, a watcher) must not keep a finished command alive
  code => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(70); // a bug of ours (EX_SOFTWARE), neither findings nor wrong usage
  },
);
