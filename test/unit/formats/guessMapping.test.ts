import assert from 'node:assert/strict';
import { guessMapping } from '../../../src/formats/fields/guessMapping';
import { readFixtureLines } from './mappingFixtures';

describe('the guess at a mapping', () => {
  it('goes by names and values', () => {
    assert.deepEqual(guessMapping(readFixtureLines('own-names.jsonl')).guess, {
      prompt: 'q',
      response: 'a.text',
      model: 'm',
      inputTokens: 'tin',
      outputTokens: 'tout',
      durationS: 'wall',
      time: 'when',
      userId: 'who',
    });
  });

  it('takes the longest two texts when no name tells', () => {
    const { guess } = guessMapping(readFixtureLines('nameless.jsonl'));
    assert.equal(guess.prompt, 'x1');
    assert.equal(guess.response, 'x2');
    assert.equal(guess.model, 'x0');
  });

  it('shows a few short values of every path, and says when there is nothing to look at', () => {
    const { paths, records } = guessMapping(readFixtureLines('own-names.jsonl'));
    assert.equal(records, 2);
    assert.deepEqual(
      paths.find(({ path }) => path === 'tin'),
      { path: 'tin', values: ['12', '13'] },
    );
    assert.ok(paths.every(({ values }) => values.every(value => value.length < 120)));
    assert.deepEqual(guessMapping([]), { records: 0, paths: [], guess: {} });
  });
});
