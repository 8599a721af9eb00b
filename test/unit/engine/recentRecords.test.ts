import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { grownDocument, grownLines } from '../../../bench/scale/grow';
import { createEngine } from '../../../src/engine/createEngine';
import type { Engine } from '../../../src/engine/engine';
import { diskAccess } from '../../../src/engine/read/fileAccess';
import { messageText } from '../../../src/model/message';
import { fixturePath } from '../formats/readFixture';

const untilItsTimesAreSettledMs = 50;

describe('records that were opened a moment ago', () => {
  let folder: string;
  let engine: Engine;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-recent-'));
    engine = createEngine({ final: true });
  });

  afterEach(async () => {
    mock.reset();
    await engine.dispose();
    fs.rmSync(folder, { recursive: true });
  });

  async function open(name: string, text: string): Promise<string> {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    await sleep(untilItsTimesAreSettledMs);
    await engine.handlers.addSource({ path: file });
    await engine.handlers.whenIdle({});
    return file;
  }

  function textOf(fixture: string): string {
    return fs.readFileSync(fixturePath(fixture), 'utf8');
  }

  it('are not read again for the name of each trace of a document', async () => {
    const text = textOf('ai-sdk-devtools/generations.json');
    await open('generations.json', grownDocument(text, 'varied', 50_000));
    const opened = mock.method(diskAccess, 'open');
    const { total, items } = await engine.handlers.listTraces({ filter: '', start: 0, end: 1000 });
    assert.ok(total >= 30 && items.every(({ name }) => name !== ''), `${total} traces`);
    assert.equal(opened.mock.callCount(), 1);
  });

  it('are not read again for the findings of each call of a document', async () => {
    const text = textOf('ai-sdk-devtools/generations.json');
    await open('generations.json', grownDocument(text, 'grouped', 50_000));
    const calls = [...engine.spans()].length;
    const opened = mock.method(diskAccess, 'open');
    const findings = [...(await engine.findings())];
    assert.ok(calls >= 30 && findings.length > 0);
    assert.equal(opened.mock.callCount(), 1);
  });

  it('are not read again for each call of the conversation that they tell', async () => {
    const text = textOf('claude-code/session.jsonl');
    await open('session.jsonl', grownLines(text, 'grouped', 100_000));
    const spans = [...engine.spans()];
    const records = [...engine.records()].length;
    const opened = mock.method(diskAccess, 'open');
    let messages = 0;
    for (const { key } of spans) {
      const detail = await engine.handlers.getSpan({ key });
      messages += detail?.content?.inputMessages.length ?? 0;
    }
    assert.ok(messages > 10 * records, `${messages} messages of ${records} records`);
    // each for the conversation, and once more where it is shown as it is
    assert.ok(opened.mock.callCount() <= 2 * records, `${opened.mock.callCount()} for ${records}`);
  });

  it('are read again when somebody has written to the file', async () => {
    const text = textOf('ai-sdk-devtools/generations.json');
    const file = await open('generations.json', text);
    const spans = [...engine.spans()];
    const said = () =>
      spans
        .flatMap(({ key }) => engine.content(key)?.inputMessages ?? [])
        .map(messageText)
        .join(' ');
    assert.match(said(), /Lima/);
    fs.writeFileSync(file, text.replaceAll('Lima', 'Rome'));
    assert.doesNotMatch(said(), /Lima/);
  });
});
