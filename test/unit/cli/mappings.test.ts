import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { callsight, toObjects } from './callsight';

const log = 'test/fixtures/mapping/own-names.jsonl';
const fields = { prompt: 'q', response: 'a.text', model: 'm', durationS: 'wall' };

describe('callsight --map', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-map-'));
  after(() => fs.rmSync(folder, { recursive: true }));
  const writeFile = (name: string, value: unknown): string => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, JSON.stringify(value));
    return file;
  };
  const durations = async (map: string): Promise<readonly unknown[]> => {
    const { code, stdout, stderr } = await callsight(['calls', log, '--map', map, '--json']);
    assert.equal(code, 0, stderr);
    return toObjects(stdout).map(call => [call['model'], call['durationMs']]);
  };
  const expected = [
    ['gpt-4o', 1250],
    ['gpt-4o', 2250],
  ];

  it('reads by pairs', async () => {
    const pairs = Object.entries(fields).map(pair => pair.join('='));
    assert.deepEqual(await durations(pairs.join(',')), expected);
  });

  it('reads by a file: one mapping, a list, or the settings of VS Code', async () => {
    const mapping = { name: 'mine', fields };
    for (const value of [mapping, [mapping], { 'callsight.mappings': [mapping] }]) {
      assert.deepEqual(await durations(writeFile('map.json', value)), expected);
    }
  });

  it('says what is wrong with a mapping', async () => {
    const problems: readonly (readonly [string, RegExp])[] = [
      ['promt=q', /--map: fields: .*promt.*the fields are prompt,/],
      [path.join(folder, 'nowhere.json'), /--map: cannot read .*nowhere\.json/],
      [writeFile('empty.json', { name: 'x', fields: {} }), /it maps no field/],
    ];
    for (const [map, message] of problems) {
      const { code, stderr } = await callsight(['stats', log, '--map', map]);
      assert.equal(code, 2);
      assert.match(stderr, message);
    }
  });
});
