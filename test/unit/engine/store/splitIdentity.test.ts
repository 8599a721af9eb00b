import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SpanPatch } from '../../../../src/model/span';
import { PatchTable } from '../../../../src/engine/store/patchTable';
import { splitIdentity } from '../../../../src/engine/store/splitIdentity';
import { StringTable } from '../../../../src/engine/store/stringTable';
import { patch } from '../builders';

/** Few values, so that many of them agree. */
const accounts: fc.Arbitrary<SpanPatch> = fc
  .record({
    kind: fc.constantFrom('call', 'call', 'tool'),
    status: fc.constantFrom('ok', 'error', 'unknown'),
    model: fc.constantFrom(undefined, undefined, 'a', 'b'),
    traceId: fc.constantFrom(undefined, 't1', 't2'),
    startTime: fc.constantFrom(undefined, 1000, 1001.5, 1003, 1004.5),
    durationMs: fc.constantFrom(undefined, 0, 2, 4),
    inputTokens: fc.constantFrom(undefined, 7, 7, 8),
  })
  .map(({ inputTokens, ...fields }) => patch({ ...fields, usage: { inputTokens } }));

/** As it is defined: a record is of the first of the last 64 spans with whose records it agrees, one by one. */
function splitOneByOne(said: readonly SpanPatch[]): readonly number[][] {
  const spans: number[][] = [];
  said.forEach((one, row) => {
    const span = spans.slice(-64).find(rows => rows.every(other => agree(said[other] ?? one, one)));
    if (span) {
      span.push(row);
    } else {
      spans.push([row]);
    }
  });
  return spans;
}

function agree(one: SpanPatch, other: SpanPatch): boolean {
  const isNear = (first: number | undefined, second: number | undefined, tolerance: number) =>
    first === undefined || second === undefined || Math.abs(first - second) <= tolerance;
  const isSame = (first: string | undefined, second: string | undefined) =>
    first === undefined || second === undefined || first === second;
  return (
    one.kind === other.kind &&
    isSame(one.model, other.model) &&
    isSame(one.traceId, other.traceId) &&
    isNear(one.startTime, other.startTime, 2) &&
    isNear(one.durationMs, other.durationMs, 2) &&
    isNear(one.usage?.inputTokens, other.usage?.inputTokens, 0) &&
    ([one.status, other.status].includes('unknown') ||
      (one.status === 'error') === (other.status === 'error'))
  );
}

function tableOf(said: readonly SpanPatch[]): PatchTable {
  const table = new PatchTable(new StringTable());
  said.forEach((one, record) => table.add(one, { file: 0, record, index: 0, format: 0 }));
  return table;
}

describe('records of one id', () => {
  it('are one span where each two of them agree, as if each were compared with each', () => {
    fc.assert(
      fc.property(fc.array(accounts, { maxLength: 100 }), said => {
        const rows = said.map((_, row) => row);
        assert.deepEqual(splitIdentity(tableOf(said), rows), splitOneByOne(said));
      }),
      { numRuns: 300 },
    );
  });

  it('are looked at once each: an id that is always the same may be that of a hundred thousand records', () => {
    const said = Array.from({ length: 20 }, () => patch({ startTime: 1000 }));
    const table = tableOf(said);
    let looks = 0;
    const counting: PatchTable = Object.create(table, {
      number: {
        value: (...asked: Parameters<PatchTable['number']>) => {
          looks++;
          return table.number(...asked);
        },
      },
      ...Object.fromEntries(
        (['part', 'kind', 'status', 'textId'] as const).map(name => [
          name,
          { value: table[name].bind(table) },
        ]),
      ),
    });
    const [span] = splitIdentity(
      counting,
      said.map((_, row) => row),
    );
    assert.equal(span?.length, said.length);
    assert.equal(looks, 4 * said.length);
  });
});
