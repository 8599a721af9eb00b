import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Refusal, mustRun, root, say } from './process.mjs';

// code-server's npm tarball holds a whole VS Code server and web workbench, which runs without code-server itself.
// It wants Node 24, which comes from npm too: the Node that runs this script may be older.
const codeServer = '4.139.1';
const node = '24.21.0';
/** Raise it when the steps below change, so that what is installed already is made anew. */
const revision = 1;

const home = process.env['VSCODE_HOST_DIR'] ?? path.join(root, '.vscode-host');

/** Where the parts of the installed host are. */
export const vscodeHost = {
  node: path.join(home, 'node/bin/node'),
  server: path.join(home, 'code/lib/vscode/out/server-main.js'),
};

// 250 MB that neither the workbench nor the extension host loads here.
const unusedDependencies = [
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@devcontainers/cli',
  'ssh2',
];

// Two native modules would have to be compiled with a C++ compiler. Plain JavaScript does their work well enough.
const standIns = {
  // Ends the extension host when the server that started it is gone.
  '@vscode/native-watchdog': `
exports.start = parent => {
  const look = () => {
    try {
      process.kill(parent, 0);
    } catch {
      process.exit(87);
    }
  };
  setInterval(look, 3000).unref();
};
`,
  // Writes the server's log files.
  '@vscode/spdlog': `
const fs = require('node:fs');
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
class Logger {
  constructor(file) {
    this.file = file;
    this.level = levels.indexOf('info');
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() {}
  flush() {}
  drop() {}
}
levels.forEach((name, level) => {
  Logger.prototype[name] = function (text) {
    if (level < this.level) return;
    fs.appendFile(this.file, new Date().toISOString() + ' [' + name + '] ' + text + '\\n', () => {});
  };
});
exports.Logger = Logger;
exports.createRotatingLogger = async (_name, file) => new Logger(file);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
exports.setLevel = exports.setFlushOn = exports.shutdown = () => {};
`,
};

/** Installs VS Code's server and its Node into .vscode-host/, once (about 460 MB). */
export async function ensureVscodeHost() {
  const wanted = `${codeServer} ${node} ${revision}`;
  const stamp = path.join(home, 'installed');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  if (process.platform !== 'linux') {
    throw new Refusal(
      'VS Code in the browser is set up on Linux only; here, put `code` on PATH (VS Code: Shell Command: Install code command in PATH)',
    );
  }
  say('installing a VS Code for the browser into .vscode-host (npm, about half a minute)');
  fs.mkdirSync(path.dirname(home), { recursive: true });
  // Made beside its place and moved there when whole: an interrupted run leaves nothing that looks installed.
  const draft = fs.mkdtempSync(`${home}-draft-`);
  try {
    await unpack(draft);
    await completeServer(path.join(draft, 'code/lib/vscode'));
    fs.writeFileSync(path.join(draft, 'installed'), wanted);
    fs.rmSync(home, { recursive: true, force: true });
    fs.renameSync(draft, home);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function unpack(folder) {
  const packages = [
    { spec: `code-server@${codeServer}`, into: 'code', parts: [] },
    { spec: `node-linux-${os.arch()}@${node}`, into: 'node', parts: ['package/bin'] },
  ];
  for (const { spec, into, parts } of packages) {
    const download = path.join(folder, `${into}-download`);
    const target = path.join(folder, into);
    fs.mkdirSync(download);
    fs.mkdirSync(target);
    await mustRun('npm', ['pack', '--silent', '--pack-destination', download, spec], {
      cwd: folder,
    });
    const [archive = ''] = fs.readdirSync(download);
    await mustRun('tar', [
      '-xzf',
      path.join(download, archive),
      '-C',
      target,
      '--strip-components=1',
      ...parts,
    ]);
    fs.rmSync(download, { recursive: true });
  }
}

/** @param {string} server code-server's copy of VS Code */
async function completeServer(server) {
  const manifestFile = path.join(server, 'package.json');
  const manifest = JSON.parse(fs.readFileSync(manifestFile, 'utf8'));
  for (const name of unusedDependencies) {
    delete manifest.dependencies[name];
  }
  fs.writeFileSync(manifestFile, JSON.stringify(manifest, undefined, 2));
  fs.rmSync(path.join(server, 'extensions/copilot'), { recursive: true, force: true });
  // Not `npm ci`: the shrinkwrap that ships with it is out of step with its package.json.
  await mustRun(
    'npm',
    ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: server },
  );
  for (const [name, text] of Object.entries(standIns)) {
    fs.writeFileSync(path.join(server, 'node_modules', name, 'index.js'), text.trimStart());
  }
}
