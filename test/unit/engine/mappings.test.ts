import assert from 'node:assert/strict';
import { createEngine } from '../../../src/engine/createEngine';
import type { Mapping } from '../../../src/model/mapping';
import { mappingFixture } from '../formats/mappingFixtures';

const mapping: Mapping = {
  name: 'own names',
  fields: {
    prompt: 'q',
    response: 'a.text',
    model: 'm',
    inputTokens: 'tin',
    outputTokens: 'tout',
    durationS: 'wall',
    time: 'when',
    userId: 'who',
  },
};

describe('a mapping', () => {
  const engine = createEngine({ final: true });
  after(() => engine.dispose());
  const file = mappingFixture('own-names.jsonl');
  const calls = async () => {
    await engine.handlers.whenIdle({});
    return [...engine.spans()];
  };

  it('is what a file without known fields could be read by', async () => {
    await engine.handlers.addSource({ path: file });
    assert.deepEqual(await calls(), []);
    const [status] = (await engine.handlers.listFiles({ source: file, start: 0, end: 1 })).items;
    assert.equal(status?.canBeMapped, true);
    const suggestion = await engine.handlers.suggestMapping({ file });
    assert.equal(suggestion.records, 2);
    assert.deepEqual(suggestion.guess, mapping.fields);
  });

  it('makes the file be read at once, with its bodies', async () => {
    await engine.handlers.configure({ mappings: [mapping] });
    const spans = await calls();
    assert.equal(spans.length, 2);
    const [first] = spans;
    assert.equal(first?.model, 'gpt-4o');
    assert.equal(first.durationMs, 1250);
    assert.equal(first.startTime, Date.UTC(2026, 4, 1, 10) - 1250);
    assert.equal(first.usage.inputTokens, 12);
    assert.equal(first.userId, 'u1');
    const detail = await engine.handlers.getSpan({ key: first.key });
    assert.match(JSON.stringify(detail?.content?.inputMessages), /grass green/);
    assert.match(JSON.stringify(detail?.content?.outputMessages), /chlorophyll/);
  });

  it('that is taken away takes its calls with it', async () => {
    await engine.handlers.configure({ mappings: [] });
    assert.deepEqual(await calls(), []);
  });

  it('claims only records that have what it wants', async () => {
    await engine.handlers.configure({ mappings: [{ ...mapping, match: ['q', 'nowhere'] }] });
    assert.deepEqual(await calls(), []);
  });
});
