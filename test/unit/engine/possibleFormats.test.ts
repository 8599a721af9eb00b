import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PossibleFormats } from '../../../src/engine/possibleFormats';
import { type Fields, isFields } from '../../../src/formats/fields/values';
import { formats } from '../../../src/formats/index';
import { logFixtures, readFixture } from '../formats/readFixture';

const context = { fileName: 'app.jsonl', fileModifiedTime: 0 };
const order = formats.map((_format, index) => index);
/** More records than are looked at before a set of keys is judged. */
const often = 20;

const records = logFixtures
  .flatMap(file => readFixture(file))
  .map(({ value }) => value)
  .filter(isFields);

describe('formats that are asked for a record', () => {
  it('include each that claims it, though only records of other values had the same keys before', () => {
    let claims = 0;
    for (const record of records) {
      for (const other of [null, 1, 'x', {}, []]) {
        const possible = possibleAfter(withValues(record, other), record);
        const claiming = order.filter(index => claimsIt(index, record));
        claims += claiming.length;
        assert.deepEqual(
          claiming.filter(index => !possible.has(index)).map(index => formats[index]?.id),
          [],
        );
      }
    }
    assert.ok(claims > records.length);
  });

  it('include each that claims it, whatever keys of all formats stand together', () => {
    const entries = records.flatMap(record => Object.entries(record));
    const some = fc
      .array(fc.constantFrom(...entries), { minLength: 1, maxLength: 12 })
      .map(list => Object.fromEntries(list));
    fc.assert(
      fc.property(some, record => {
        const possible = possibleAfter(withValues(record, null), record);
        assert.ok(order.every(index => possible.has(index) || !claimsIt(index, record)));
      }),
      { numRuns: 500 },
    );
  });

  it('are few for a home-grown record, and in the order of the list', () => {
    const record = { timestamp: 1, model: 'm', usage: { prompt_tokens: 1 }, latency_ms: 2 };
    const possible = [...possibleAfter(record, record)];
    assert.ok(possible.length < formats.length / 4, String(possible.length));
    assert.deepEqual(
      possible,
      possible.toSorted((one, other) => one - other),
    );
  });
});

function possibleAfter(before: Fields, record: Fields): ReadonlySet<number> {
  const possible = new PossibleFormats(formats, order);
  for (let seen = 0; seen < often; seen++) {
    possible.of(before, context);
  }
  return new Set(possible.of(record, context));
}

function withValues(record: Fields, value: unknown): Fields {
  return Object.fromEntries(Object.keys(record).map(key => [key, value]));
}

function claimsIt(index: number, record: Fields): boolean {
  const format = formats[index];
  return format?.container === 'json' && format.matches(record, context);
}
