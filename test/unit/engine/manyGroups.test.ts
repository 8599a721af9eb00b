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
});
