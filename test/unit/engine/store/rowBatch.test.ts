import assert from 'node:assert/strict';
import { SpanStore } from '../../../../src/engine/store/spanStore';
import { patch } from '../builders';

const calls = 40;

/** Calls of which every fourth tells of the one before it, and every fifth record of none; `file` is in their times. */
function addCalls(store: SpanStore, path: string, file: number): void {
  const { batch, table, strings } = store;
  const log = store.fileAt({ file: path, entry: undefined });
  for (let index = 0; index < calls; index++) {
    batch.addRecord(index * 100, 99, index + 1, 3, 0);
    if (index % 5 === 0) {
      continue;
    }
    const requestId = `call ${file} ${index % 4 === 3 ? index - 1 : index}`;
    const said = patch({ identity: 'request:x', requestId: 'x', model: `m${index % 3}` });
    const { fields, rows } = batch;
    fields.requestId.set(rows, strings.id(requestId));
    fields.startTime.set(rows, file * 1e6 + index);
    if (index % 2 === 0) {
      fields.inputTokens.set(rows, index);
    }
    batch.addRow(table.templateOf(said, 3));
  }
  store.addBatch(log);
}

/** What the store says of each row of its files, and which rows are one span. */
function told(store: SpanStore): readonly (readonly unknown[])[] {
  store.spans.refresh();
  const { table } = store;
  return store
    .files()
    .map(file =>
      [...file.rows].map(row => [
        file.recordSource(table.record.get(row)),
        store.spans.rows(store.spans.headOf(row)).map(each => table.record.get(each)),
        table.identities.text(row),
        table.text(row, 'model'),
        table.number(row, 'startTime'),
        table.number(row, 'inputTokens'),
        table.number(row, 'outputTokens'),
      ]),
    );
}

describe('records that are put into the store together', () => {
  it('are kept with their rows, also in the place of rows that are gone', () => {
    const expected = new SpanStore(path => path);
    addCalls(expected, '/b.jsonl', 2);
    const store = new SpanStore(path => path);
    addCalls(store, '/a.jsonl', 1);
    store.spans.refresh();
    store.apply({ type: 'forget', file: '/a.jsonl', entry: undefined });
    store.takeForgotten().forEach(rows => [...rows].forEach(row => store.removeRow(row)));
    store.spans.refresh();
    store.release();
    addCalls(store, '/b.jsonl', 2);
    assert.equal(store.files()[0]?.rows.at(0), 0);
    const [rows] = told(store);
    assert.equal(rows?.length, calls - calls / 5);
    assert.deepEqual(told(store), told(expected));
  });

  it('leave nothing of theirs to those that come next', () => {
    const store = new SpanStore(path => path);
    addCalls(store, '/a.jsonl', 1);
    const { batch, table } = store;
    const log = store.fileAt({ file: '/b.jsonl', entry: undefined });
    batch.addRecord(0, 9, 1, 3, 0);
    batch.addRow(table.templateOf(patch({}), 3));
    store.addBatch(log);
    const row = log.rows.at(0);
    assert.equal(table.number(row, 'startTime'), undefined);
    assert.equal(table.text(row, 'requestId'), undefined);
    assert.equal(log.records, 1);
  });
});
