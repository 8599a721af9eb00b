import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { FileReader, Reading } from '../../../src/formats/format';
import { callFacts, type KeptReading, readAtOnce, MemoryLog } from './memoryLog';
import { fixturePath, jsonFormats, logFixtures } from './readFixture';

/** Files up to here are cut at every byte, larger ones at some. */
const smallBytes = 1500;
const cutsOfLarge = 40;
const shuffles = 5;
const growths = 5;

const opening = new Set(jsonFormats.filter(format => 'open' in format).map(({ id }) => id));

for (const file of logFixtures) {
  const bytes = readFileSync(fixturePath(file));
  const fileName = path.basename(file);
  const whole = readAtOnce(bytes, fileName);
  const records = whole.records();

  describe(`${file}, however it comes`, () => {
    it('is accounted for byte by byte', () => {
      assert.ok(records.length > 0, whole.skippedReasons().join());
      assert.deepEqual(whole.faults(), []);
      assert.deepEqual(failures(whole), []);
    });

    it('says the same when it grows in chunks of any size', () => {
      const steps = fc.array(fc.integer({ min: 1, max: Math.ceil(bytes.length / 3) }), {
        minLength: 1,
        maxLength: 30,
      });
      fc.assert(
        fc.property(steps, sizes => {
          const grown = readGrowing(bytes, fileName, sizes);
          assert.deepEqual(grown.records(), records);
          assert.deepEqual(callFacts(grown.spans()), callFacts(whole.spans()));
          assert.deepEqual(grown.faults(), []);
        }),
        { numRuns: growths },
      );
    });

    it('cut at any byte still says what was whole before the cut, and of every byte what it is', () => {
      for (const size of cuts(bytes.length)) {
        const cut = readAtOnce(bytes.subarray(0, size), fileName);
        assert.deepEqual(cut.faults(), [], `cut at ${size}`);
        assert.deepEqual(failures(cut), [], `cut at ${size}`);
        const expected = records.filter(record => isSure(record, size, records));
        assert.deepEqual(cut.records().slice(0, expected.length), expected, `cut at ${size}`);
      }
    });

    it('says the same under a name that says nothing', () => {
      const renamed = readAtOnce(bytes, 'unknown');
      const anyTime = (facts: string) =>
        file.includes('debug_conversation_') ? facts.replace(/"startTime":\d+,/, '') : facts;
      assert.deepEqual(
        callFacts(renamed.spans()).map(anyTime),
        callFacts(whole.spans()).map(anyTime),
      );
    });

    it('gives the same spans, bodies and turns for a record alone as for one after those before it', () => {
      const context = { fileName };
      const readers = new Map<string, FileReader>();
      for (const { value, format: id, offset, patches } of records) {
        const format = jsonFormats.find(each => each.id === id);
        const reader = readers.get(id) ?? format?.open?.(context);
        if (!format || !reader) {
          continue;
        }
        readers.set(id, reader);
        const alone = told(format.read(value, context));
        assert.deepEqual(told(reader.read(value)), alone, `record at ${offset}`);
        assert.equal(alone.spans.length, patches.length, `record at ${offset}`);
      }
    });

    // a record that is only known by the file's beginning cannot stand before it
    const areKnownAlone = records.every(({ format: id, value }) => {
      const format = jsonFormats.find(each => each.id === id);
      return format !== undefined && format.matches(value, { fileName });
    });
    if (records.length > 1 && areKnownAlone) {
      it('with its records in another order says the same, or has as many calls where order counts', () => {
        fc.assert(
          fc.property(fc.shuffledSubarray([...records], { minLength: records.length }), mixed => {
            const shuffled = readAtOnce(toLines(mixed), fileName);
            assert.equal(shuffled.records().length, records.length);
            assert.deepEqual(failures(shuffled), []);
            if (!records.some(({ format }) => opening.has(format))) {
              assert.deepEqual(callFacts(shuffled.spans()), callFacts(whole.spans()));
            }
          }),
          { numRuns: shuffles },
        );
      });
    }
  });
}

/** What must not depend on the records before. */
function told({ spans, turn }: Reading) {
  return {
    spans: spans.map(({ kind, content }) => ({ kind, content: content?.() })),
    thread: turn?.thread,
    said: turn?.messages(),
  };
}

function readGrowing(bytes: Buffer, fileName: string, steps: readonly number[]): MemoryLog {
  const log = new MemoryLog(fileName, false);
  for (let size = 0, step = 0; size < bytes.length; step++) {
    size = Math.min(bytes.length, size + (steps[step % steps.length] ?? 1));
    log.write(bytes.subarray(0, size));
    log.look();
  }
  log.settle();
  return log;
}

/** Where to cut: at every byte of a small file, at bytes that lie evenly in a large one. */
function cuts(length: number): readonly number[] {
  const every = length <= smallBytes ? 1 : length / cutsOfLarge;
  return Array.from({ length: Math.floor(length / every) }, (_, at) => Math.floor(at * every));
}

/** Whether a record was whole before the cut. Half a line behind a text record may look like a part of it. */
function isSure(record: KeptReading, size: number, records: readonly KeptReading[]): boolean {
  const ends = record.offset + record.length;
  const isFollowed = records.some(
    ({ offset, length }) => offset > record.offset && offset + length < size,
  );
  return ends < size && (record.container === 'json' || isFollowed);
}

function failures(log: MemoryLog): readonly string[] {
  return log.skippedReasons().filter(reason => / failed: /.test(reason));
}

function toLines(records: readonly KeptReading[]): Buffer {
  return Buffer.from(records.map(({ value }) => `${JSON.stringify(value)}\n`).join(''));
}
