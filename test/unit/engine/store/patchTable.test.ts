import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SpanPatch } from '../../../../src/model/span';
import { PatchTable } from '../../../../src/engine/store/patchTable';
import {
  emptyRowValues,
  idFields,
  type RowField,
  type RowValues,
  timeFields,
  tokenFields,
} from '../../../../src/engine/store/rowValues';
import { StringTable } from '../../../../src/engine/store/stringTable';
import { patch } from '../builders';

const few = (...values: readonly string[]) => fc.constantFrom(undefined, ...values);
const word = fc.oneof(few('', 'chat', 'gpt-4o', '__proto__'), fc.string({ maxLength: 8 }));
const id = fc.oneof(few('', 'a', 'b', 'a/b', '0123456789abcdef'), fc.string({ maxLength: 12 }));
const number = fc.oneof(
  fc.constantFrom(undefined, 0, Number.NaN, Number.POSITIVE_INFINITY, 1457.8),
  fc.nat(),
  fc.double(),
);

const patches: fc.Arbitrary<SpanPatch> = fc
  .record({
    identity: fc.constantFrom(
      undefined,
      '',
      'request:a',
      'request:b',
      'span:/a',
      'span:a/b',
      'span:a/b/a',
      'span:a',
      'span:',
      'message:a',
      'tool:a/b',
      'a',
      'request:',
    ),
    part: fc.constantFrom('whole' as const, 'start' as const, 'update' as const, 'end' as const),
    kind: fc.constantFrom('call' as const, 'tool' as const, 'event' as const),
    status: fc.constantFrom(
      'ok' as const,
      'error' as const,
      'running' as const,
      'unknown' as const,
    ),
    name: word.map(text => text ?? ''),
    provider: word,
    model: word,
    finishReason: word,
    userId: word,
    requestId: id,
    traceId: id,
    spanId: id,
    parentSpanId: id,
    sessionId: id,
    hasInput: fc.boolean(),
    hasOutput: fc.boolean(),
    ...Object.fromEntries(timeFields.map(name => [name, number])),
    usage: fc.option(fc.record(Object.fromEntries(tokenFields.map(name => [name, number]))), {
      nil: undefined,
    }),
    error: fc.option(
      fc.record({ type: word, message: fc.string(), status: fc.constantFrom(undefined, 0, 429) }),
      { nil: undefined },
    ),
    tags: fc.option(fc.dictionary(fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 })), {
      nil: undefined,
    }),
    toolCallNames: fc.option(fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }), {
      nil: undefined,
    }),
  })
  .map(fields => patch(fields));

const known = (text: string | undefined) => (text === '' ? undefined : text);
const finite = (value: number | undefined) =>
  value === undefined || !Number.isFinite(value) ? undefined : value + 0;

/** What a patch says that a row keeps. */
function saidBy(from: SpanPatch): unknown {
  return {
    identity: known(from.identity),
    words: [from.part, from.kind, from.status, from.hasInput, from.hasOutput],
    texts: [from.name, from.provider, from.model, from.finishReason].map(known),
    ids: idFields.map(name => known(from[name])),
    times: timeFields.map(name => finite(from[name])),
    tokens: tokenFields.map(name => finite(from.usage?.[name])),
    error: from.error && { type: undefined, status: undefined, ...from.error },
    tags: Object.entries(from.tags ?? {}),
    toolCallNames: from.toolCallNames ?? [],
  };
}

function saidByRow(table: PatchTable, row: number): unknown {
  const error = table.error(row);
  return {
    identity: table.identities.text(row),
    words: [
      table.part(row),
      table.kind(row),
      table.status(row),
      table.hasInput(row),
      table.hasOutput(row),
    ],
    texts: (['name', 'provider', 'model', 'finishReason'] as const).map(name =>
      table.text(row, name),
    ),
    ids: idFields.map(name => table.text(row, name)),
    times: timeFields.map(name => table.number(row, name)),
    tokens: tokenFields.map(name => table.number(row, name)),
    error,
    tags: table.tags(row),
    toolCallNames: table.toolCallNames(row),
  };
}

const place = { file: 0, record: 0, index: 0 };

describe('table of patches', () => {
  it('says what the patches said, also in rows that are used again', () => {
    fc.assert(
      fc.property(fc.array(patches, { maxLength: 20 }), fc.array(patches), (first, second) => {
        const table = new PatchTable(new StringTable());
        const rows = first.map(one => table.add(one, { ...place, format: 3 }));
        assert.deepEqual(
          rows.map(row => saidByRow(table, row)),
          first.map(saidBy),
        );
        rows.forEach(row => table.remove(row));
        assert.deepEqual(
          rows.map(row => saidByRow(table, row)),
          first.map(saidBy),
        );
        table.release();
        const again = second.map(one => table.add(one, { ...place, format: 4 }));
        assert.deepEqual(
          again.map(row => saidByRow(table, row)),
          second.map(saidBy),
        );
        assert.ok(again.every(row => table.format(row) === 4));
      }),
      { numRuns: 300 },
    );
  });

  it('knows rows of one identity from rows of another, whatever their identity is made of', () => {
    fc.assert(
      fc.property(patches, patches, (one, other) => {
        const { identities } = withRows(one, other);
        fc.pre(known(one.identity) !== undefined && known(other.identity) !== undefined);
        assert.equal(identities.areSame(0, 1), one.identity === other.identity);
        if (one.identity === other.identity) {
          assert.equal(identities.hash(0), identities.hash(1));
        }
        const numbers = identities.find(one.identity ?? '');
        assert.ok(numbers && identities.is(0, numbers));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps rows by a template and their own figures as it keeps their patches', () => {
    fc.assert(
      fc.property(fc.array(patches, { minLength: 1 }), list => {
        const strings = new StringTable();
        const table = new PatchTable(strings);
        const values = emptyRowValues();
        for (const one of list) {
          const bare = { ...one, identity: undefined };
          const template = table.templateOf(bare, 2);
          assert.equal(table.templateOf({ ...bare, startTime: 7, spanId: 'other' }, 2), template);
          for (const name of idFields) {
            values[name] = name === 'userId' ? 0 : strings.id(known(one[name]));
          }
          timeFields.forEach(name => (values[name] = finite(one[name]) ?? Number.NaN));
          tokenFields.forEach(name => (values[name] = finite(one.usage?.[name]) ?? Number.NaN));
          assert.deepEqual(saidByRow(table, addRow(table, template, values)), saidBy(bare));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the rows of a batch as it keeps them one by one, also in the place of rows that are gone', () => {
    const batchOf = fc.tuple(
      fc.array(patches, { minLength: 1 }),
      fc.nat(3), // times as many rows
      fc.tuple(fc.nat(200), fc.nat(200)), // rows that are removed then
    );
    fc.assert(
      fc.property(fc.array(batchOf, { maxLength: 5 }), batches => {
        const live = new Map<number, SpanPatch>();
        const strings = new StringTable();
        const table = new PatchTable(strings);
        const { batch } = table;
        let record = 0;
        for (const [said, times, [from, count]] of batches) {
          const list = Array.from({ length: 1 + times * 20 }, () => said).flat();
          const bare = list.slice(0, 100).map(one => ({ ...one, identity: undefined }));
          for (const one of bare) {
            batch.addRecord(0, 0, 0, 2, 0);
            const template = table.templateOf(one, 2);
            const at = batch.rows;
            const { fields } = batch;
            const idOf = (text: string | undefined) => strings.id(known(text));
            idFields.forEach(name => fields[name].set(at, idOf(one[name])));
            timeFields.forEach(name => fields[name].set(at, finite(one[name]) ?? Number.NaN));
            tokenFields.forEach(name =>
              fields[name].set(at, finite(one.usage?.[name]) ?? Number.NaN),
            );
            batch.addRow(template);
          }
          const rows = table
            .append(place.file, record)
            .flatMap(run => Array.from({ length: run.count }, (_, at) => run.first + at));
          assert.equal(rows.length, bare.length);
          bare.forEach((one, at) => {
            const row = rows[at] ?? -1;
            assert.ok(!live.has(row));
            live.set(row, one);
            assert.equal(table.record.get(row), record + at);
          });
          record += bare.length;
          batch.clear();
          for (const [row, one] of live) {
            assert.deepEqual(saidByRow(table, row), saidBy(one));
          }
          for (const row of [...live.keys()].slice(from, from + count)) {
            table.remove(row);
            live.delete(row);
          }
          table.release();
        }
      }),
      { numRuns: 200 },
    );
  });

  it('takes what was copied from an object that leaves it out for none', () => {
    const table = new PatchTable(new StringTable());
    const values = emptyRowValues();
    const copied: Partial<typeof values> = { inputTokens: 7 };
    Object.assign(values, { requestId: undefined, totalTokens: undefined, ...copied });
    const rows = Array.from({ length: 40 }, () =>
      addRow(table, table.templateOf(patch(), 0), values),
    );
    assert.ok(rows.every(row => table.textId(row, 'requestId') === 0));
    assert.ok(rows.every(row => table.number(row, 'totalTokens') === undefined));
    assert.ok(rows.every(row => table.number(row, 'inputTokens') === 7));
  });

  it('makes the identity of a row by a template out of the ids of that row', () => {
    const strings = new StringTable();
    const table = new PatchTable(strings);
    const ids = { requestId: 'r1', traceId: 't1', spanId: 's1' };
    const values = emptyRowValues();
    values.requestId = strings.id('r2');
    values.traceId = strings.id('t2');
    values.spanId = strings.id('s2');
    values.identityId = strings.id('own');
    const identityBy = (identity: string) =>
      table.identities.text(
        addRow(table, table.templateOf(patch({ ...ids, identity }), 0), values),
      );
    assert.equal(identityBy('request:r1'), 'request:r2');
    assert.equal(identityBy('span:t1/s1'), 'span:t2/s2');
    assert.equal(identityBy('message:s1'), 'message:s2');
    assert.equal(identityBy('message:m1'), 'message:own');
  });

  it('keeps the words of each row when there are more of them than it keeps once', () => {
    const table = new PatchTable(new StringTable());
    const named = (at: number) =>
      patch({
        name: `name ${at}`,
        model: at % 2 === 0 ? 'even' : undefined,
        hasInput: at % 3 === 0,
      });
    const count = 20_000;
    for (let at = 0; at < count; at++) {
      table.add(named(at), { ...place, format: 1 });
    }
    for (let at = 0; at < count; at++) {
      assert.deepEqual(saidByRow(table, at), saidBy(named(at)));
    }
  });
});

/** Adds a row by a template, which comes alone. */
function addRow(table: PatchTable, template: number, values: RowValues): number {
  const { batch } = table;
  batch.addRecord(0, 0, 0, 0, 0);
  for (const [name, column] of Object.entries(batch.fields)) {
    // it has the names of `RowField` and no others
    column.set(0, values[name as RowField]);
  }
  batch.addRow(template);
  const [run] = table.append(place.file, place.record);
  batch.clear();
  return run?.first ?? -1;
}

function withRows(...list: readonly SpanPatch[]): PatchTable {
  const table = new PatchTable(new StringTable());
  list.forEach(one => table.add(one, { ...place, format: 0 }));
  return table;
}
