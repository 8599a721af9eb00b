import assert from 'node:assert/strict';
import { EngineCore } from '../../../src/engine/core';
import { Ingest } from '../../../src/engine/ingest';
import { formats } from '../../../src/formats/index';

const file = '/logs/a.jsonl';
const live = { state: 'live', sizeBytes: 0, blankBytes: 0, pendingBytes: 0 } as const;

/** What comes of the records of one file that is at its end after each of them, or never. */
function read(records: readonly object[], isAtEnd: boolean): unknown {
  const core = new EngineCore(formats, path => path.slice(1));
  const ingest = new Ingest({
    store: core.store,
    formats,
    hashRecords: false,
    quickStore: undefined,
    hasChecksums: true,
    lastFormatOf: path => core.store.file(path)?.lastFormat,
    onDidChange: () => {},
  });
  for (const [index, value] of records.entries()) {
    const bytes = Buffer.from(JSON.stringify(value));
    const source = { file, offset: index * 1000, length: bytes.length, line: index + 1 };
    ingest.record({ source, container: 'json', value, bytes });
    if (isAtEnd) {
      ingest.status(file, live);
    }
  }
  const spans = [...core.spans()];
  const { skipped, formats: used } = core.store.file(file) ?? {};
  return { spans, skipped, formats: used?.map(format => core.formats[format]?.id) };
}

describe('what is remembered of a file that is at its end', () => {
  const call = {
    timestamp: '2026-01-02T03:04:05Z',
    model: 'gpt-4o',
    prompt: 'How many?',
    response: 'Two.',
    latency_ms: 12,
  };
  const note = { timestamp: '2026-01-02T03:04:06Z', type: 'checkpoint', weight: 3 };
  const request = { timestamp: '2026-01-02T03:04:07Z', model: 'gpt-4o', prompt: 'And now?' };
  const answer = { timestamp: '2026-01-02T03:04:08Z', model: 'gpt-4o', response: 'Three.' };

  for (const [title, records] of [
    ['a note after calls', [call, note, call]],
    ['a note before any call', [note, call, note]],
    ['requests and answers that have no id', [request, answer, request, answer, call]],
    ['an answer that comes late', [call, request, note, answer]],
  ] as const) {
    it(`does not change how the rest is read: ${title}`, () => {
      assert.deepEqual(read(records, true), read(records, false));
    });
  }

  it('tells what a note is', () => {
    assert.deepEqual(read([call, note], true), read([call, note], false));
    assert.notDeepEqual(read([note], true), read([call, note], true));
  });
});
