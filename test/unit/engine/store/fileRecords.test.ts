import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FewRecords } from '../../../../src/engine/store/fewRecords';
import { FileRecords } from '../../../../src/engine/store/fileRecords';
import type { RecordValues } from '../../../../src/engine/store/recordColumns';

const files = [0, 1, 2] as const;

/** What was added and not taken back, file by file. */
type Expected = RecordValues[];

const actions = fc.array(
  fc.record({
    file: fc.constantFrom(...files),
    kind: fc.constantFrom('add', 'add', 'addMany', 'drop', 'forget'),
    format: fc.nat(3),
    checksum: fc.nat(0xffff_ffff),
    length: fc.nat(5000),
  }),
  { maxLength: 60 },
);

describe('records of files that share a table while they are few', () => {
  it('are those that were added, in each file', () => {
    fc.assert(
      fc.property(actions, list => {
        const few = new FewRecords();
        const kept = files.map(() => new FileRecords(few));
        const expected: Expected[] = files.map(() => []);
        for (const { file, kind, format, checksum, length } of list) {
          const known = expected[file] ?? [];
          const add = (): void => {
            const last = known.at(-1);
            const values = {
              offset: last === undefined ? 0 : last.offset + last.length + 1,
              length,
              line: known.length + 1,
              format,
              id: checksum % 7,
              checksum,
              hasTurn: checksum % 2 === 0,
              sessionId: checksum % 3,
            };
            assert.equal(kept[file]?.add(values), known.length);
            known.push(values);
          };
          if (kind === 'forget') {
            kept[file]?.release();
            kept[file] = new FileRecords(few);
            expected[file] = [];
          } else if (kind !== 'drop') {
            Array.from({ length: kind === 'add' ? 1 : 7 }, add);
          } else if (known.length > 0) {
            kept[file]?.dropLast();
            known.pop();
          }
        }
        kept.forEach((records, file) => holds(records, expected[file] ?? []));
        kept.forEach((records, file) => {
          const again = new FileRecords(new FewRecords());
          again.restore(records.save());
          holds(again, expected[file] ?? []);
        });
      }),
      { numRuns: 300 },
    );
  });
});

function holds(records: FileRecords, expected: Expected): void {
  assert.equal(records.count, expected.length);
  const { table } = records;
  assert.deepEqual(
    expected.map((_values, index) => table.get(records.row(index))),
    expected,
  );
  assert.deepEqual(new Set(records.formats()), new Set(expected.map(({ format }) => format)));
  for (const [index, { offset, line }] of expected.entries()) {
    assert.equal(
      records.at(offset),
      expected.findIndex(one => one.offset === offset),
    );
    assert.equal(records.beforeLine(line), index);
  }
  assert.equal(records.at(-1), -1);
}
