import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root, run, say } from '../../scripts/lib/process.mjs';
import { benchFolder, type Generated } from '../data/store';
import { countedByBaseline } from './checkTotals';
import type { Contestant } from './paired';

const packageName = '@duckdb/node-api';
const version = '1.5.6-r.1';
/** Not among the packages of the project: it is 80 MB that nothing but a benchmark wants. */
const home = path.join(benchFolder, `duckdb-${version}`);

export const duckdbName = `DuckDB ${version}`;

/** Installs DuckDB with npm, once. Gives the module to import, or undefined and says why there is none. */
async function ensureDuckdb(): Promise<string | undefined> {
  const folder = path.join(home, 'node_modules', packageName);
  const manifest = path.join(folder, 'package.json');
  if (!fs.existsSync(manifest)) {
    say(`installing ${packageName} ${version} into ${path.relative(root, home)} (npm, 80 MB)`);
    fs.mkdirSync(home, { recursive: true });
    fs.writeFileSync(path.join(home, 'package.json'), '{ "private": true }\n');
    const wanted = `${packageName}@${version}`;
    const { code, output } = await run('npm', ['install', '--no-audit', '--no-fund', wanted], {
      cwd: home,
    });
    if (code !== 0) {
      say(
        `DuckDB cannot be installed, so nothing is compared with it: ${output.trim().slice(-300)}`,
      );
      fs.rmSync(home, { recursive: true, force: true });
      return undefined;
    }
  }
  // of a package, whose manifest names its module
  const { main } = JSON.parse(fs.readFileSync(manifest, 'utf8')) as { readonly main: string };
  return path.join(folder, main);
}

/** DuckDB's `read_json` from a cold start, on as many threads as there are cores. */
export async function duckdb({ folder }: Generated<unknown>): Promise<readonly Contestant[]> {
  const module = await ensureDuckdb();
  if (module === undefined) {
    return [];
  }
  const threads = String(os.availableParallelism());
  const script = path.join(root, 'bench/baselines/duckdb.mjs');
  return [
    {
      name: duckdbName,
      command: [process.execPath, script, module, threads, path.join(folder, '*.jsonl')],
      readTotals: countedByBaseline,
    },
  ];
}
