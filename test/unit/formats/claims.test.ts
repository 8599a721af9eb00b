import assert from 'node:assert/strict';
import { jsonFormats, logFixtures, readFixture, textFormats } from './readFixture';
import { describeRecords } from './describeReading';
import { formats } from '../../../src/formats/index';

/** Lines of a rotating log that are no log lines at all; the engine lists them as skipped. */
const junk = new Map([['homegrown/04-rotation-lines.jsonl', [2, 4]]]);

describe('the list of formats', () => {
  it('has an id of its own for every format, in kebab case', () => {
    const ids = formats.map(format => format.id);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.every(id => /^[a-z]+(-[a-z]+)*$/.test(id)));
  });

  it('says where each is defined, but for those that only apps of their own write', () => {
    const without = formats.filter(format => format.docs.schema === undefined);
    assert.deepEqual(
      without.map(format => format.id),
      [
        'llm-logger',
        'llm-request',
        'debug-conversation',
        'audit-log',
        'debug-console',
        'homegrown',
      ],
    );
  });

  it('ends with its only fallback', () => {
    const fallbacks = jsonFormats.filter(format => format.fallback === true);
    assert.deepEqual(fallbacks, [formats.at(-1)]);
  });

  it('reads at least one fixture with every format', () => {
    const used = new Set(
      logFixtures.flatMap(file => readFixture(file)).flatMap(record => record.claimedBy),
    );
    assert.deepEqual(
      formats.filter(format => !used.has(format)).map(format => format.id),
      [],
    );
  });
});

describe('claims', () => {
  for (const file of logFixtures) {
    it(`every record of ${file} belongs to exactly one format`, () => {
      const unclaimed: number[] = [];
      for (const record of readFixture(file)) {
        if (record.claimedBy.length === 0) {
          unclaimed.push(record.line);
          continue;
        }
        assert.equal(record.claimedBy.length, 1, `line ${record.line}: ${names(record.claimedBy)}`);
      }
      assert.deepEqual(unclaimed, junk.get(file) ?? []);
    });

    it(`${file} under another name gives the same reading, but for a time that stands in the name`, () => {
      // the chunks of a stream without an id are told from those of other files by the name of theirs
      const withoutPlace = (text: string): string => text.replaceAll(/ id=stream:\S+/g, '');
      const known = withoutPlace(describeRecords(readFixture(file)));
      const renamed = withoutPlace(describeRecords(readFixture(file, 'unknown.txt')));
      const expected = file.includes('debug_conversation_')
        ? known.replace(/ start=\S+/, '')
        : known;
      assert.equal(renamed, expected);
    });
  }

  it('no line of a JSON log begins a text record', () => {
    const line = '{"timestamp": "2026-10-05T08:32:43.148620", "model": "gpt-4o", "latency_ms": 2}';
    assert.ok(textFormats.every(format => format.createFramer()(line) === 'none'));
  });
});

function names(claimedBy: readonly { readonly id: string }[]): string {
  return claimedBy.map(format => format.id).join(', ');
}
