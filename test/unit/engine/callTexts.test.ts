import assert from 'node:assert/strict';
import { getStats } from '../../../src/engine/queries/statsQuery';
import type { SpanContent } from '../../../src/model/message';
import { Memory } from './builders';

const file = '/log.jsonl';

/** What each call says by its name; counts how often a call is opened. */
function speak(memory: Memory, words: (name: string) => string): { opened: number } {
  const counted = { opened: 0 };
  const { content, reader } = memory.core;
  const open = (head: number): SpanContent => {
    counted.opened++;
    const text = words(reader.read(head).name);
    return {
      inputMessages: [{ role: 'user', parts: [{ type: 'text', text }] }],
      outputMessages: [{ role: 'assistant', parts: [{ type: 'text', text }] }],
      tools: [],
      params: {},
    };
  };
  content.read = head => ({ content: open(head), problem: undefined });
  content.readOwn = head => content.read(head);
  return counted;
}

function give(memory: Memory, name: string, replaces = false): void {
  const call = { kind: 'call', part: 'whole', status: 'ok', name, hasInput: true, hasOutput: true };
  memory.give(file, [call], replaces);
}

describe('the first and the last text of a log', () => {
  it('are found without calls being opened that were opened before', async () => {
    const memory = new Memory();
    // only the last one says anything
    const counted = speak(memory, name => (name === 'call 30' ? 'hello' : ''));
    for (let at = 0; at < 30; at++) {
      give(memory, `call ${at}`);
    }
    assert.equal((await getStats(memory.core)).firstUserText, null);
    assert.equal(counted.opened, 60);
    give(memory, 'call 30');
    const { firstUserText, lastAssistantText } = await getStats(memory.core);
    assert.deepEqual([firstUserText, lastAssistantText], ['hello', 'hello']);
    assert.equal(counted.opened, 62);
  });

  it('are those of a call as it is now', async () => {
    const memory = new Memory();
    speak(memory, name => name);
    give(memory, 'one');
    assert.equal((await getStats(memory.core)).firstUserText, 'one');
    give(memory, 'other', true);
    const { firstUserText, lastAssistantText } = await getStats(memory.core);
    assert.deepEqual([firstUserText, lastAssistantText], ['other', 'other']);
    memory.forget(file);
    give(memory, 'third');
    assert.equal((await getStats(memory.core)).firstUserText, 'third');
  });
});
