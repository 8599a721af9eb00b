import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { grownDocument } from '../../../bench/scale/grow';
import { saidBefore } from '../../../src/formats/fields/saidBefore';
import { endOf, inputOf } from '../../../src/model/beginning';
import type { Message } from '../../../src/model/message';
import { isCall } from '../../../src/model/span';
import { fixturePath, readText } from './readFixture';

const say = (text: string): Message => ({ role: 'user', parts: [{ type: 'text', text }] });

describe('what was said before', () => {
  it('is read once, in whatever order it is asked for', () => {
    const asked: string[] = [];
    const before = saidBefore(['a', 'bc', '', 'd'], item => {
      asked.push(item);
      return [...item].map(say);
    });
    const textsBefore = (index: number) =>
      endOf(before(index), 4).map(({ parts: [part] }) => (part?.type === 'text' ? part.text : ''));
    assert.deepEqual(textsBefore(2), ['a', 'b', 'c']);
    assert.deepEqual(asked, ['a', 'bc']);
    assert.deepEqual([1, 0, 4, 3, 2].map(textsBefore), [
      ['a'],
      [],
      ['a', 'b', 'c', 'd'],
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
    assert.deepEqual(asked, ['a', 'bc', '', 'd']);
  });

  for (const fixture of [
    'bare-chat/messages.json',
    'continue-dev/session.json',
    'gemini-cli/session-document.json',
    'inspect-ai/log.json',
    'open-code/export.json',
    'open-hands/output.jsonl',
    'swe-agent/mini.traj.json',
  ]) {
    it(`is one list for the calls of ${fixture}`, () => {
      const text = readFileSync(fixturePath(fixture), 'utf8');
      // it goes on: some have one call only
      const long = fixture.endsWith('.json') ? grownDocument(text, 'varied', 20_000) : text;
      const records = readText(long, path.basename(fixture));
      const readings = records.flatMap(({ reading }) => reading ?? []);
      const inputs = readings.map(({ spans }) =>
        spans.filter(isCall).map(span => {
          const content = span.content?.();
          return content ? inputOf(content).messages : [];
        }),
      );
      // the samples of one evaluation are conversations of their own
      const isShared = (lists: readonly unknown[]) => new Set(lists).size < lists.length;
      assert.ok(inputs.some(isShared), `${inputs.flat().length} calls`);
    });
  }
});
