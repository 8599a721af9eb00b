import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Refusal, mustRun, root } from './process.mjs';
import { vscodeHost } from './vscode-host.mjs';

/**
 * A VS Code server that is running.
 * @typedef {object} Server
 * @property {number} port
 * @property {(folder: string, payload?: Readonly<Record<string, string>>) => string} url
 *   address of the workbench on a folder; paths in the payload are on this machine
 * @property {(settings: Readonly<Record<string, unknown>>) => void} useSettings
 *   replaces the user settings, for pages that open from now on too
 * @property {() => Promise<void>} stop
 */

// What would stand between a newcomer, or a test, and the extension.
const quietSettings = {
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'window.commandCenter': false,
};

/** The payload that loads Callsight from the repository. */
export const fromSource = { extensionDevelopmentPath: root, skipWelcome: 'true' };

/**
 * Starts a VS Code server with fresh data in a temporary folder.
 * @param {{ port?: number, settings?: Readonly<Record<string, unknown>>, vsix?: string, env?: NodeJS.ProcessEnv }} [options]
 *   port 0 takes a free one; `vsix` is installed first
 * @returns {Promise<Server>}
 */
export async function startServer(options = {}) {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-vscode-'));
  const home = path.join(data, 'home');
  const settingsFile = path.join(data, 'data/User/settings.json');
  fs.mkdirSync(home);
  fs.mkdirSync(path.dirname(settingsFile), { recursive: true });
  /** @param {Readonly<Record<string, unknown>>} settings */
  const useSettings = settings => {
    // Moved into place whole: a window that looks at the moment of writing would read an empty file.
    fs.writeFileSync(`${settingsFile}.new`, JSON.stringify({ ...quietSettings, ...settings }));
    fs.renameSync(`${settingsFile}.new`, settingsFile);
  };
  useSettings(options.settings ?? {});

  const env = { ...serverEnvironment(home), ...options.env };
  const shared = ['--server-data-dir', data, '--accept-server-license-terms'];
  if (options.vsix !== undefined) {
    await mustRun(
      vscodeHost.node,
      [vscodeHost.server, '--install-extension', options.vsix, ...shared],
      { env },
    );
  }
  const server = spawn(
    vscodeHost.node,
    [
      vscodeHost.server,
      ...shared,
      '--host',
      '127.0.0.1',
      '--port',
      String(options.port ?? 0),
      '--telemetry-level',
      'off',
      '--without-connection-token',
      '--force-disable-user-env',
      // Without it a built workbench ignores extensionDevelopmentPath, and says nothing.
      '--enable-smoke-test-driver',
    ],
    // A process group of its own: stop() ends extension hosts, file watchers and terminals too.
    { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const { end, gone } = endWithUs(server, () =>
    fs.rmSync(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
  );
  const port = await listeningPort(server);
  return {
    port,
    useSettings,
    url: (folder, payload = {}) => workbenchUrl(port, folder, payload),
    stop: async () => {
      end();
      await gone;
    },
  };
}

/**
 * Our environment, without what a VS Code around us would tell its children.
 * @param {string} home
 * @returns {NodeJS.ProcessEnv}
 */
function serverEnvironment(home) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name),
  );
  // No gallery: the server would look for updates of extensions elsewhere.
  return { ...Object.fromEntries(kept), HOME: home, EXTENSIONS_GALLERY: '{}' };
}

/**
 * Ends the server's whole process group with this process, however that ends.
 * @param {import('node:child_process').ChildProcess} server
 * @param {() => void} cleanUp
 */
function endWithUs(server, cleanUp) {
  const gone = new Promise(resolve => server.once('close', resolve)).then(cleanUp);
  const end = () => {
    try {
      process.kill(-Number(server.pid), 'SIGKILL');
    } catch {
      // it has ended already
    }
  };
  process.once('exit', () => {
    end();
    cleanUp();
  });
  return { end, gone };
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} server
 * @returns {Promise<number>}
 */
function listeningPort(server) {
  return new Promise((resolve, reject) => {
    let output = '';
    /** @param {unknown} piece */
    const read = piece => {
      output = (output + String(piece)).slice(-20_000);
      const found = /listening on (\d+)/.exec(output);
      if (found) {
        resolve(Number(found[1]));
      } else if (output.includes('EADDRINUSE')) {
        // It says so and stays; we do not.
        reject(new Refusal('the port is in use; take another by --port'));
      }
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('error', reject);
    server.once('exit', () => reject(new Refusal(`the VS Code server did not start:\n${output}`)));
  });
}

/**
 * @param {number} port
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} payload
 */
function workbenchUrl(port, folder, payload) {
  const authority = `127.0.0.1:${port}`;
  const query = new URLSearchParams({ folder: path.resolve(folder) });
  const entries = Object.entries(payload).map(([key, value]) => [
    key,
    path.isAbsolute(value) ? `vscode-remote://${authority}${encodeURI(value)}` : value,
  ]);
  if (entries.length > 0) {
    query.set('payload', JSON.stringify(entries));
  }
  return `http://${authority}/?${query.toString()}`;
}
