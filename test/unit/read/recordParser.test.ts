import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeWindow } from '../../../src/engine/read/encoding';
import type { WindowEnd } from '../../../src/engine/read/line';
import { RecordParser } from '../../../src/engine/read/recordParser';
import type { ParsedItem } from '../../../src/engine/read/recordWriter';
import { testFormats } from './testFormats';

interface Told {
  readonly at: number;
  readonly length: number;
  readonly line: number;
  readonly value?: unknown;
  readonly reason?: string;
}

/** Feeds the bytes as they would grow on disk, `steps` bytes at a time, and returns what is believed at the end. */
function parseInSteps(
  bytes: Buffer,
  steps: readonly number[],
  end: WindowEnd,
  maxRecordBytes = 1 << 20,
): Told[] {
  const told = new Map<number, Told>();
  const item = ({ offset, length, line, value, replaces }: ParsedItem): void => {
    assert.equal(told.has(offset), replaces);
    told.set(offset, { at: offset, length, line, value });
  };
  const parser = new RecordParser({
    formats: testFormats,
    context: { fileName: 'x.jsonl' },
    sink: {
      item,
      skipped: ({ offset, length, line }, reason) =>
        told.set(offset, { at: offset, length, line, reason }),
    },
    maxRecordBytes,
  });
  let offset = 0;
  let size = 0;
  for (let i = 0; size < bytes.length; i++) {
    size = Math.min(bytes.length, size + (steps[i % steps.length] ?? 1));
    offset += parser.parse(decodeWindow(bytes.subarray(offset, size), offset, 'utf8'), 'yet');
  }
  offset += parser.parse(decodeWindow(bytes.subarray(offset), offset, 'utf8'), end);
  return [...told.values()].sort((a, b) => a.at - b.at);
}

function parse(text: string, end: WindowEnd = 'yet'): Told[] {
  return parseInSteps(Buffer.from(text), [Math.max(1, Buffer.byteLength(text))], end);
}

const values = (told: Told[]): unknown[] => told.map(entry => entry.reason ?? entry.value);

const pieces = fc.oneof(
  fc.jsonValue().map(value => `${JSON.stringify({ id: 1, value })}\n`),
  fc.jsonValue().map(value => `${JSON.stringify({ value }, undefined, 2)}\n`),
  fc.jsonValue().map(value => `${JSON.stringify({ value })}${JSON.stringify({ id: 2 })}\r\n`),
  fc.jsonValue().map(value => `${JSON.stringify({ id: value }).slice(0, -3)}\n`),
  fc.string({ unit: 'binary' }).map(text => `2026-01-01 ${text.replaceAll('\n', '\n  ')}\n`),
  fc.constantFrom(
    '=== block\n{"inside": true}\n\ntext\n===\n',
    'noise\n',
    '[1234] noise\n',
    '\n',
    ' \t\r\n',
    '\0\0\n',
    '\ufeff{"id":3}\n',
    '[]\n',
    '[{"a":1},\n{"b":2}\n]\n',
    'null\n',
    '{\n',
    '}\n',
  ),
);

describe('RecordParser', () => {
  it('gives the same whatever the sizes in which a file grows', () => {
    fc.assert(
      fc.property(
        fc.array(pieces, { minLength: 1, maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (parts, steps) => {
          const bytes = Buffer.from(parts.join(''));
          assert.deepEqual(
            parseInSteps(bytes, steps, 'final'),
            parseInSteps(bytes, [bytes.length], 'final'),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives a beginning of the whole when the file is cut at any byte', () => {
    const text =
      '{"id":1}\n{\n "id": 2\n}\n{"id":3}{"id":4}\n=== a\nb\n===\n2026-01-01 x\n  y\n{"id":5}\n';
    const whole = parse(text);
    for (let size = 0; size <= text.length; size++) {
      const cut = parse(text.slice(0, size));
      // the last text record may still grow
      const sure = cut.filter(entry => entry.at + entry.length < size - 1);
      const expected = whole.slice(0, sure.length);
      if (sure.at(-1)?.value !== expected.at(-1)?.value && typeof sure.at(-1)?.value === 'string') {
        sure.pop();
        expected.pop();
      }
      assert.deepEqual(sure, expected, `cut at ${size}`);
    }
  });

  it('never gives half a line, and says nothing of it', () => {
    assert.deepEqual(parse('{"id":1}\n{"id":2,"a'), [
      { at: 0, length: 8, line: 1, value: { id: 1 } },
    ]);
    assert.deepEqual(parse('{"id":1'), []);
    assert.deepEqual(parse('noise without end'), []);
  });

  it('gives a whole object without a line break once nobody writes any more', () => {
    assert.deepEqual(values(parse('{"id":1}\n{"id":2}', 'yet')), [{ id: 1 }]);
    assert.deepEqual(values(parse('{"id":1}\n{"id":2}', 'quiet')), [{ id: 1 }, { id: 2 }]);
    assert.deepEqual(values(parse('{"id":1}\n{"id":2', 'quiet')), [{ id: 1 }]);
  });

  it('says of a last line without a line break that it is cut off when the end is final', () => {
    assert.deepEqual(values(parse('{"id":1}\n{"id":2', 'final')), [
      { id: 1 },
      'cut off: no line break at the end of the file',
    ]);
    assert.deepEqual(values(parse('{"id":1}\n{"id":2}', 'final')), [{ id: 1 }, { id: 2 }]);
  });

  it('reads CRLF, byte order marks and holes of NUL', () => {
    const told = parse('\ufeff{"id":1}\r\n\0\0\0{"id":2}\n\0\0\n\ufeff{"id":3}\r\n');
    assert.deepEqual(
      told.map(({ at, length, line }) => ({ at, length, line })),
      [
        { at: 3, length: 8, line: 1 },
        { at: 16, length: 8, line: 2 },
        { at: 31, length: 8, line: 4 },
      ],
    );
  });

  it('splits values that are printed over many lines or stand in one line', () => {
    assert.deepEqual(values(parse('{\n "id": 1\n}\n{\n "id": 2\n} {"id":3}\n')), [
      { id: 1 },
      { id: 2 },
      { id: 3 },
    ]);
  });

  it('goes on with the next line after a torn one', () => {
    assert.deepEqual(
      values(parse('{"id":1,"te\n{"id":2}\n{"id":3,\n{"id":4}\n{"a":[1,\n{"id":5}\n{"id":6}\n')),
      [
        'not JSON: a text is not closed at byte 11',
        { id: 2 },
        'not JSON: the value is not closed in this line, and the next ones do not continue it at byte 8',
        { id: 4 },
        'not JSON: the value is not closed in this line, and the next ones do not continue it at byte 8',
        { id: 5 },
        { id: 6 },
      ],
    );
  });

  it('gives the elements of an array that is the whole file, and the array when a format claims it', () => {
    assert.deepEqual(values(parse('[\n{"id":1},\n{"id":2}\n]\n')), [{ id: 1 }, { id: 2 }]);
    assert.deepEqual(values(parse('[{"id":1},{"id":2}]', 'quiet')), [{ id: 1 }, { id: 2 }]);
    assert.deepEqual(values(parse('[{"role":"user"}]\n')), [[{ role: 'user' }]]);
    assert.deepEqual(values(parse('[\n{"id":1},\n{"id":2},\n')), []);
    assert.deepEqual(values(parse('[\n{"id":1},\n{"id', 'final')), [
      { id: 1 },
      'cut off: the JSON value is not complete at the end of the file',
    ]);
  });

  it('puts text lines together and takes JSON lines out of them only when a format knows them', () => {
    assert.deepEqual(
      values(parse('2026-01-01 a\n{"other":1}\n  b\n{"id":1}\n  c\n=== x\n{"y":1}\n===\nnoise\n')),
      [
        '2026-01-01 a\n{"other":1}\n  b',
        { id: 1 },
        'no format knows this line',
        '=== x\n{"y":1}\n===',
        'no format knows this line',
      ],
    );
  });

  it('removes terminal colours from text, not from its length', () => {
    assert.deepEqual(parse('2026-01-01 \u001b[31mred\u001b[0m\n'), [
      { at: 0, length: 23, line: 1, value: '2026-01-01 red' },
    ]);
  });

  it('passes over what is longer than the limit and goes on behind it', () => {
    const long = JSON.stringify({ id: 'x'.repeat(3000) });
    const pretty = JSON.stringify({ id: Array.from({ length: 300 }, (_, i) => i) }, undefined, 1);
    const bytes = Buffer.from(`{"id":1}\n${long}\n{"id":2}\n${pretty}\n{"id":3}\n`);
    const told = parseInSteps(bytes, [bytes.length], 'yet', 1000);
    assert.deepEqual(values(told), [
      { id: 1 },
      `a line of ${long.length.toLocaleString('en')} bytes, longer than the limit of 1,000`,
      { id: 2 },
      `a JSON value of ${pretty.length.toLocaleString('en')} bytes, longer than the limit of 1,000`,
      { id: 3 },
    ]);
    assert.deepEqual(
      told.map(entry => entry.line),
      [1, 2, 3, 4, 4 + pretty.split('\n').length],
    );
  });

  it('reads a line that is a Python dict, where no text format wants it', () => {
    const dict = `{'id': 1, "it's": None}`;
    assert.deepEqual(values(parse(`${dict}\n{"id":2}\n${dict}`, 'quiet')), [
      { id: 1, "it's": null },
      { id: 2 },
      { id: 1, "it's": null },
    ]);
    assert.deepEqual(values(parse(`=== a\n${dict}\n===\n`)), [`=== a\n${dict}\n===`]);
    assert.deepEqual(values(parse(`{'id': 1, 'te{"id":2}\n`)), [
      'not JSON: expected a key in double quotes at byte 1',
    ]);
  });
});
