import assert from 'node:assert/strict';
import type { JsonFormat, TextFormat } from '../../src/formats/format';
import type { Random } from './random';
import { exhaustReading } from './sane';

const context = { fileName: 'unknown' };
/**
 * Characters, and the milliseconds that linear reading takes, many times over. The short ones betray what would take minutes
 * on the long one.
 */
const steps = [
  { length: 20_000, maxMs: 200 },
  { length: 200_000, maxMs: 1000 },
  { length: 1_000_000, maxMs: 3000 },
];

const pieces = [
  ...[' ', '\t', '=', '-', '"', "'", '\\', '\\"', '{', '[', '(', ',', ':', '.', '/', '<', '|', '#'],
  ...[
    'a',
    'A',
    '1',
    '0',
    '_',
    'a ',
    '1 ',
    'a=',
    'a: ',
    '\n',
    ' \n',
    '1:',
    '{"',
    '", "',
    'é',
    '1-1-',
    'a.b ',
  ],
];

/** Reads a text record in which one spot was repeated up to a megabyte, in time that grows with its length. */
export function blowUpText(format: TextFormat, records: readonly string[], random: Random): void {
  const record = random.pick(records);
  const at = random.below(record.length + 1);
  const piece = pieceFrom(record, at, random);
  assertLinear(`${format.id}: ${JSON.stringify(piece)} at ${at} of ${record}`, length => {
    const text = record.slice(0, at) + grown(piece, length) + record.slice(at);
    const roleOf = format.createFramer();
    const started = performance.now();
    text.split('\n').forEach(line => roleOf(line));
    const reading = format.read(text, context);
    if (reading) {
      exhaustReading(reading);
    }
    return performance.now() - started;
  });
}

/** The same for a text within a JSON record. */
export function blowUpJson(format: JsonFormat, records: readonly unknown[], random: Random): void {
  const record = random.pick(records);
  const texts = textsOf(record);
  if (texts.length === 0) {
    return;
  }
  const { path, text } = random.pick(texts);
  const at = random.below(text.length + 1);
  const piece = pieceFrom(text, at, random);
  assertLinear(`${format.id}: ${JSON.stringify(piece)} at ${at} of ${path.join('.')}`, length => {
    const long = text.slice(0, at) + grown(piece, length) + text.slice(at);
    const copy = replaced(record, path, long);
    const started = performance.now();
    format.matches(copy, context);
    exhaustReading(format.read(copy, context));
    return performance.now() - started;
  });
}

function assertLinear(what: string, timeOf: (length: number) => number): void {
  for (const { length, maxMs } of steps) {
    // the second try: the machine may have been busy with something else
    const took = timeOf(length);
    const ms = took > maxMs ? Math.min(took, timeOf(length)) : took;
    assert.ok(ms <= maxMs, `${what.slice(0, 500)}: ${Math.round(ms)} ms for ${length} characters`);
  }
}

function pieceFrom(text: string, at: number, random: Random): string {
  const own = text.slice(at, at + 1 + random.below(12));
  return own !== '' && random.below(3) === 0 ? own : random.pick(pieces);
}

function grown(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length));
}

interface TextPlace {
  readonly path: readonly string[];
  readonly text: string;
}

function textsOf(value: unknown, path: readonly string[] = []): readonly TextPlace[] {
  if (typeof value === 'string') {
    return [{ path, text: value }];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => textsOf(inner, [...path, key]))
    : [];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], text: string): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) {
    return text;
  }
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    name === key ? replaced(inner, rest, text) : inner,
  ]);
  return Array.isArray(value)
    ? entries.map(([, inner]) => inner)
    : (Object.fromEntries(entries) as unknown);
}
