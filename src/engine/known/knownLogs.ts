import { readdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { KnownLogs } from '../../protocol/sourceStatus';
import { knownTools } from './locations';

/** What the places depend on; the process's own when absent. */
export interface Surroundings {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

const ours = (): Surroundings => ({
  home: os.homedir(),
  env: process.env,
  platform: process.platform,
});
/** Folders of VS Code and of what is made of it. */
const editors = ['Code', 'Code - Insiders', 'VSCodium', 'Cursor', 'Windsurf'];
const servers = ['.vscode-server', '.vscode-server-insiders', '.cursor-server'];

/**
 * Where the tools that people use keep their logs, and whether there is anything. Looks at nothing but the place itself
 * and, where many things have its name, at the names in it: what lies there is read only when somebody opens it.
 */
export async function listKnownLogs(
  folders: readonly string[],
  surroundings: Surroundings = ours(),
): Promise<readonly KnownLogs[]> {
  const places = knownTools.flatMap(({ id, name, holds, places: patterns }) =>
    patterns
      .flatMap(pattern => expand(pattern, folders, surroundings))
      .map(place => ({ id, name, holds, path: place })),
  );
  const seen = new Set<string>();
  const distinct = places.filter(place => !seen.has(place.path) && seen.add(place.path));
  return Promise.all(
    distinct.map(async ({ holds, ...place }) => ({ ...place, ...(await look(place.path, holds)) })),
  );
}

async function look(
  place: string,
  holds: string | undefined,
): Promise<Pick<KnownLogs, 'exists' | 'changedTime'>> {
  try {
    const { mtimeMs } = await stat(place);
    const isIt = holds === undefined || (await readdir(place)).some(name => name.endsWith(holds));
    return isIt ? { exists: true, changedTime: mtimeMs } : { exists: false };
  } catch {
    // not there, or not ours to see: nothing to offer
    return { exists: false };
  }
}

/** The places that a pattern stands for; absolute. */
function expand(
  pattern: string,
  folders: readonly string[],
  { home, env, platform }: Surroundings,
): readonly string[] {
  const [head = '', ...rest] = pattern.split('/');
  const below = (root: string): string => path.resolve(root, ...rest);
  switch (head) {
    case '~':
      return [below(home)];
    case '{folder}':
      return folders.map(below);
    case '{config}':
      return [below(configFolder(home, env, platform))];
    case '{user}':
      return userFolders(home, env, platform).map(below);
    default: {
      const value = env[head.replace('$', '')];
      // Claude Code takes several, with commas
      return value === undefined || value === ''
        ? []
        : value.split(',').map(root => below(root.trim()));
    }
  }
}

function configFolder(home: string, env: Surroundings['env'], platform: NodeJS.Platform): string {
  if (platform === 'win32') {
    return env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming');
  }
  return platform === 'darwin'
    ? path.join(home, 'Library', 'Application Support')
    : (env['XDG_CONFIG_HOME'] ?? path.join(home, '.config'));
}

function userFolders(
  home: string,
  env: Surroundings['env'],
  platform: NodeJS.Platform,
): readonly string[] {
  const config = configFolder(home, env, platform);
  return [
    ...editors.map(editor => path.join(config, editor, 'User')),
    ...servers.map(server => path.join(home, server, 'data', 'User')),
  ];
}
