import assert from 'node:assert/strict';
import { mappingPicks, mappingSteps } from '../../../src/host/display/mappingPicks';
import type { MappingSuggestion } from '../../../src/model/mapping';

const suggestion: MappingSuggestion = {
  records: 2,
  paths: [
    { path: 'id', values: ['1', '2'] },
    { path: 'q', values: ['Why?'] },
    { path: 'wall', values: ['1.5', '2'] },
  ],
  guess: { prompt: 'q', durationS: 'wall' },
};
const step = (field: string) => {
  const found = mappingSteps.find(({ fields }) => fields.some(one => one === field));
  assert.ok(found);
  return found;
};
const labels = (field: string, chosen = {}): readonly string[] =>
  mappingPicks(step(field), suggestion, chosen).map(pick =>
    `${pick.label} ${pick.description}`.trim(),
  );

describe('the questions of a mapping', () => {
  it('offer the guess, then no field at all, then every other with what it holds', () => {
    assert.deepEqual(labels('prompt'), ['q Why?', 'Not in this log', 'id 1 · 2', 'wall 1.5 · 2']);
  });

  it('begin with no field when there is no guess', () => {
    assert.equal(labels('model')[0], 'Not in this log');
  });

  it('ask for the unit of a duration', () => {
    assert.deepEqual(labels('durationMs').slice(0, 2), [
      'wall in seconds: 1.5 · 2',
      'Not in this log',
    ]);
    assert.ok(labels('durationMs').includes('wall in milliseconds: 1.5 · 2'));
  });

  it('offer no field twice', () => {
    assert.ok(!labels('response', { prompt: 'q' }).some(label => label.startsWith('q')));
  });
});
