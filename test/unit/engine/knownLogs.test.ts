import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { listKnownLogs } from '../../../src/engine/known/knownLogs';
import { knownTools } from '../../../src/engine/known/locations';

describe('the places of well-known tools', () => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-home-'));
  after(() => fs.rmSync(home, { recursive: true }));
  const make = (...parts: readonly string[]): string => {
    const folder = path.join(home, ...parts);
    fs.mkdirSync(folder, { recursive: true });
    return folder;
  };
  const found = async (
    folders: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
    platform: NodeJS.Platform = 'linux',
  ): Promise<readonly string[]> => {
    const known = await listKnownLogs(folders, { home, env, platform });
    return known.filter(place => place.exists).map(place => `${place.id} ${place.path}`);
  };

  it('have an id of their own each, and a name', () => {
    assert.equal(new Set(knownTools.map(tool => tool.id)).size, knownTools.length);
    assert.ok(knownTools.every(tool => tool.name !== '' && tool.places.length > 0));
  });

  it('are offered when they are there, with the time they were changed', async () => {
    assert.deepEqual(await found(), []);
    const claude = make('.claude', 'projects');
    const opencode = make('.local', 'share', 'opencode', 'storage');
    assert.deepEqual(await found(), [`claude-code ${claude}`, `opencode ${opencode}`]);
    const known = await listKnownLogs([], { home, env: {}, platform: 'linux' });
    assert.ok((known.find(place => place.exists)?.changedTime ?? 0) > 0);
  });

  it('go by the environment, where a variable may name several', async () => {
    const [one, other] = [make('one', 'projects'), make('other', 'projects')];
    const env = { CLAUDE_CONFIG_DIR: `${path.dirname(one)}, ${path.dirname(other)}` };
    const places = await found([], env);
    assert.deepEqual(places.slice(0, 2), [`claude-code ${one}`, `claude-code ${other}`]);
  });

  it('go by the system, and by every kind of VS Code', async () => {
    const tasks = ['User', 'globalStorage', 'saoudrizwan.claude-dev', 'tasks'];
    const mac = make('Library', 'Application Support', 'Cursor', ...tasks);
    const windows = make('AppData', 'Roaming', 'Code - Insiders', ...tasks);
    const server = make('.vscode-server', 'data', ...tasks);
    assert.ok((await found([], {}, 'darwin')).includes(`cline ${mac}`));
    assert.ok((await found([], {}, 'win32')).includes(`cline ${windows}`));
    assert.ok((await found([], {}, 'linux')).includes(`cline ${server}`));
  });

  it('are also looked for in the folders of the workspace', async () => {
    const traces = make('project', '.genkit', 'traces');
    assert.ok((await found([path.join(home, 'project')])).includes(`genkit ${traces}`));
  });

  it('that have a name of many uses are offered only with the right files in them', async () => {
    const folder = make('project');
    const logs = make('project', 'logs');
    const offered = async () => (await found([folder])).includes(`inspect ${logs}`);
    assert.equal(await offered(), false);
    fs.writeFileSync(path.join(logs, 'first.eval'), '');
    assert.equal(await offered(), true);
  });
});
