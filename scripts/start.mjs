// npm start [-- FOLDER] [--port N] [--web]: builds Callsight and opens VS Code with it on FOLDER. Without FOLDER: on a copy of
// the demo logs, to which calls keep being added.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findProgram } from './lib/chromium.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { Refusal, mustRun, root, run, say, script } from './lib/process.mjs';
import { fromSource, startServer } from './lib/server.mjs';
import { ensureVscodeHost } from './lib/vscode-host.mjs';

/** @returns {{ folder: string | undefined, port: number, web: boolean }} */
function readArguments() {
  const { values, positionals } = parseArgs({
    options: { port: { type: 'string' }, web: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Refusal(`--port wants a number up to 65535, not "${values.port}"`);
  }
  const [given, ...rest] = positionals;
  if (rest.length > 0) {
    throw new Refusal(`one folder at a time, please: ${positionals.join(', ')}`);
  }
  // npm runs scripts in the repository; what was typed is relative to where npm was called.
  const folder = given && path.resolve(process.env['INIT_CWD'] ?? process.cwd(), given);
  if (folder !== undefined && !fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Refusal(`there is no folder ${folder}`);
  }
  return { folder, port, web: values.web };
}

/** @returns {string} a copy of the demo logs, which is removed when we end */
function copyDemo() {
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-'));
  const folder = path.join(temporary, 'demo');
  fs.cpSync(path.join(root, 'test/workspaces/demo'), folder, { recursive: true });
  process.once('exit', () => fs.rmSync(temporary, { recursive: true, force: true }));
  return folder;
}

/** Keeps adding calls to the demo until we end. @param {string} folder */
function startDemoWriter(folder) {
  const writer = spawn(
    process.execPath,
    [path.join(root, 'scripts/demo-writer.mjs'), path.join(folder, 'logs')],
    { stdio: 'inherit' },
  );
  process.once('exit', () => writer.kill());
}

await script(async () => {
  const { folder: given, port, web } = readArguments();
  await ensurePackages();
  say('building');
  await mustRun(process.execPath, [path.join(root, 'esbuild.js')]);
  const folder = given ?? copyDemo();

  const desktop = web ? undefined : findProgram('code');
  if (desktop !== undefined) {
    say(`opening VS Code on ${folder}`);
    await run(desktop, ['--new-window', `--extensionDevelopmentPath=${root}`, folder]);
    if (given === undefined) {
      say('adding calls to the demo logs until Ctrl+C');
      startDemoWriter(folder);
    }
    return;
  }

  await ensureVscodeHost();
  const server = await startServer({ port });
  if (given === undefined) {
    startDemoWriter(folder);
  }
  console.log(`\nVS Code with Callsight on ${folder}:\n\n  ${server.url(folder, fromSource)}\n`);
  console.log(
    'Open the address in a browser and click the pulse icon at its left edge. Ctrl+C ends it.',
  );
});
