import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { grownLines } from '../../../bench/scale/grow';
import { createEngine } from '../../../src/engine/createEngine';
import type { Engine } from '../../../src/engine/engine';
import { fixturePath } from '../formats/readFixture';
import { turnsDuring } from './turns';

describe('groups of many traces', () => {
  let folder: string;
  let engine: Engine;

  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-groups-'));
    engine = createEngine({ final: true });
    const text = fs.readFileSync(fixturePath('litellm/calls.jsonl'), 'utf8');
    fs.writeFileSync(path.join(folder, 'calls.jsonl'), grownLines(text, 'varied', 200_000));
    await engine.handlers.addSource({ path: folder });
    await engine.handlers.whenIdle({});
  });

  afterEach(async () => {
    await engine.dispose();
    fs.rmSync(folder, { recursive: true });
  });

  for (const groupBy of ['model', 'file', 'session', 'day'] as const) {
    it(`of ${groupBy} are put together without keeping the thread from other work, and once`, async () => {
      const { total } = await engine.handlers.listTraces({ start: 0, end: 1 });
      const ask = () => engine.handlers.listGroups({ groupBy, start: 0, end: 50 });
      const first = await turnsDuring(async () => ask());
      assert.ok(total >= 50 && first >= total, `${first} turns, ${total} traces`);
      const again = await turnsDuring(async () => ask());
      assert.ok(again < 5, `${again} turns`);
    });
  }

  it('are put together in the same way for the traces of one of them', async () => {
    const page = { start: 0, end: 50 };
    const turns = await turnsDuring(async () =>
      engine.handlers.listTraces({ groupBy: 'model', group: 'gpt-4o', ...page }),
    );
    assert.ok(turns >= 50, `${turns} turns`);
  });

  it('are listed from any of their traces on, and say how many are newer', async () => {
    const { listGroups, listTraces } = engine.handlers;
    for (const groupBy of ['model', 'file', 'session', 'day', 'trace'] as const) {
      for (const filter of ['', 'status:ok']) {
        const groups = await listGroups({ groupBy, filter, start: 0, end: 3 });
        // of models the second has traces that are in the first one, too
        const list = { groupBy, group: groups.items.at(-1)?.id, filter };
        const whole = await listTraces({ ...list, start: 0, end: 1000 });
        const at = Math.floor(whole.items.length / 2);
        const from = whole.items[at]?.key;
        const rest = await listTraces({ ...list, from, start: 1, end: 1000 - at });
        assert.equal(rest.newer, at);
        assert.equal(rest.total, whole.total - at);
        assert.deepEqual(rest.items, whole.items.slice(at + 1));
        const gone = await listTraces({ ...list, from: 'gone', start: 0, end: 1000 });
        assert.deepEqual(gone, { ...whole, newer: 0 });
      }
    }
  });

  it('have each trace at the place that is found for it', async () => {
    const { listGroups, listTraces, findPlace } = engine.handlers;
    for (const groupBy of ['model', 'file', 'session', 'day', 'trace'] as const) {
      const groups = await listGroups({ groupBy, start: 0, end: 3 });
      const group = groups.items.at(-1)?.id;
      const { items, total } = await listTraces({ groupBy, group, start: 0, end: 1000 });
      const index = Math.floor(Math.min(total, 1000) / 2);
      const traceKey = items[index]?.key ?? '';
      const place = await findPlace({ traceKey, groupBy });
      // a trace may be in several groups, and the first is meant
      const again = await listTraces({
        groupBy,
        group: place?.group?.id,
        start: place?.index ?? 0,
        end: (place?.index ?? 0) + 1,
      });
      assert.equal(again.items[0]?.key, traceKey);
      const { group: { index: at = 0, id } = {} } = place ?? {};
      assert.equal((await listGroups({ groupBy, start: at, end: at + 1 })).items[0]?.id, id);
      assert.equal(await findPlace({ traceKey, groupBy, filter: 'model:nobody' }), null);
    }
    assert.equal(await findPlace({ traceKey: 'gone', groupBy: 'day' }), null);
  });
});
