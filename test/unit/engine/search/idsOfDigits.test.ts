import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createEngine } from '../../../../src/engine/createEngine';
import { callLine } from '../../../callLine';
import { quoted } from './searched';

describe('a search for a part of an id', () => {
  it('finds ids that are kept as hex digits, by their digits, their beginning and both', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-ids-'));
    const ids = [
      'call_0123456789abcdef',
      'call_fedcba9876543210',
      'Req-00112233445566778899aabbccddeeff',
      '6f1d0a52-1f7a-4c9e-9d0e-0c8f3a2b1c4d',
      'plain name',
    ];
    const lines = ids.map(request_id => callLine('a question', { request_id }));
    fs.writeFileSync(path.join(folder, 'a.jsonl'), lines.join(''));
    const engine = createEngine();
    await engine.handlers.addSource({ path: folder });
    await engine.handlers.whenIdle({});
    const find = async (text: string) => {
      const found = new Set((await engine.matchingSpans(quoted(text))).map(span => span.requestId));
      return ids.flatMap((id, at) => (found.has(id) ? [at] : []));
    };
    assert.deepEqual(await find('6789ABC'), [0]);
    assert.deepEqual(await find('call_'), [0, 1]);
    assert.deepEqual(await find('l_fed'), [1]);
    assert.deepEqual(await find('req-0011'), [2]);
    assert.deepEqual(await find('-4c9e-9d'), [3]);
    assert.deepEqual(await find('n nam'), [4]);
    assert.deepEqual(await find('call_z'), []);
    await engine.dispose();
    fs.rmSync(folder, { recursive: true });
  });
});
