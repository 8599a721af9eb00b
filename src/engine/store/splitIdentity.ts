import type { PatchTable } from './patchTable';

const sameTimeMs = 2; // loggers round the same moment differently
const sameDurationMs = 2;
const maxCompared = 64; // spans of one id that a record is compared with; an id forged thousands of times must not cost a square

/**
 * The spans behind one identity: `whole` records that contradict each other are different spans, whatever their id says;
 * pieces belong to the first. `rows` in file order, every span's rows in file order.
 */
export function splitIdentity(table: PatchTable, rows: readonly number[]): readonly number[][] {
  const spans: number[][] = [];
  for (const row of rows.filter(at => table.part(at) === 'whole')) {
    const fitting = spans
      .slice(-maxCompared)
      .find(span => span.every(member => agree(table, member, row)));
    if (fitting) {
      fitting.push(row);
    } else {
      spans.push([row]);
    }
  }
  const pieces = rows.filter(at => table.part(at) !== 'whole');
  if (pieces.length === 0) {
    return spans;
  }
  const first = new Set([...pieces, ...(spans[0] ?? [])]);
  return [rows.filter(row => first.has(row)), ...spans.slice(1)];
}

/** Whether two records can be two accounts of one call. What only one of them says contradicts nothing. */
function agree(table: PatchTable, one: number, other: number): boolean {
  return (
    table.kind(one) === table.kind(other) &&
    sameText(table.textId(one, 'model'), table.textId(other, 'model')) &&
    sameText(table.textId(one, 'traceId'), table.textId(other, 'traceId')) &&
    sameText(table.textId(one, 'spanId'), table.textId(other, 'spanId')) &&
    sameNumber(table, one, other, 'startTime', sameTimeMs) &&
    sameNumber(table, one, other, 'durationMs', sameDurationMs) &&
    sameNumber(table, one, other, 'inputTokens', 0) &&
    sameNumber(table, one, other, 'outputTokens', 0) &&
    sameOutcome(table, one, other)
  );
}

function sameText(one: number, other: number): boolean {
  return one === other || one === 0 || other === 0;
}

function sameNumber(
  table: PatchTable,
  one: number,
  other: number,
  field: 'startTime' | 'durationMs' | 'inputTokens' | 'outputTokens',
  tolerance: number,
): boolean {
  const first = table.number(one, field);
  const second = table.number(other, field);
  return first === undefined || second === undefined || Math.abs(first - second) <= tolerance;
}

function sameOutcome(table: PatchTable, one: number, other: number): boolean {
  return (
    (table.status(one) === 'error') === (table.status(other) === 'error') ||
    table.status(one) === 'unknown' ||
    table.status(other) === 'unknown'
  );
}
