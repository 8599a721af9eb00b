import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type ConversationTotals, writeConversations } from '../../../bench/data/conversations';
import {
  type ContentVariant,
  type SmallVariant,
  writeContentLog,
  writeSmallLog,
} from '../../../bench/data/logs';
import type { Totals } from '../../../bench/data/totals';

const megabyte = 1024 * 1024;

describe('the generator of the benchmarks', () => {
  let root: string;
  before(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-generator-'));
  });
  after(() => fs.rmSync(root, { recursive: true, force: true }));

  const folder = () => fs.mkdtempSync(path.join(root, 'logs-'));
  const filesIn = (where: string) =>
    fs
      .readdirSync(where, { recursive: true, encoding: 'utf8' })
      .map(name => path.join(where, name))
      .filter(name => fs.statSync(name).isFile())
      .sort();
  const hashOf = (where: string) => {
    const hash = createHash('sha256');
    filesIn(where).forEach(file => hash.update(path.basename(file)).update(fs.readFileSync(file)));
    return hash.digest('hex');
  };
  const small = (variant: SmallVariant, seed = 'one', lines = 20_000) => {
    const where = folder();
    return { where, totals: writeSmallLog(where, lines, variant, seed) };
  };
  const content = (seed = 'one', bytes = 8 * megabyte, variant: ContentVariant = 'plain') => {
    const where = folder();
    return { where, totals: writeContentLog(where, bytes, variant, seed) };
  };

  it('writes the same bytes for the same seed, and others for another', () => {
    assert.equal(hashOf(small('plain').where), hashOf(small('plain').where));
    assert.notEqual(hashOf(small('plain').where), hashOf(small('plain', 'two').where));
    assert.equal(hashOf(content('one', megabyte).where), hashOf(content('one', megabyte).where));
  });

  const logs = {
    'without content': () => small('plain'),
    'with shuffled keys': () => small('shuffled'),
    'without a broken line': () => small('unbroken'),
    'with content': () => content(),
    'with content and without a broken line': () => content('one', 8 * megabyte, 'unbroken'),
  };
  for (const [name, write] of Object.entries(logs)) {
    it(`says the truth about a log ${name}`, () => {
      const { where, totals } = write();
      assert.ok(totals.records > 500);
      assert.deepEqual(totals, count(filesIn(where), Object.keys(totals.markers)));
    });
  }

  it('spoils some lines of every log that may have broken ones', () => {
    for (const { totals } of [small('plain'), small('shuffled')]) {
      assert.ok(totals.invalid > 0 && totals.blank > 0, JSON.stringify(totals));
      assert.equal(totals.lines, totals.records + totals.invalid + totals.blank);
    }
    const { totals } = small('unbroken');
    assert.equal(totals.records, totals.lines);
  });

  it('gives shuffled keys the same calls in ever other orders', () => {
    const [plain, shuffled] = [small('plain'), small('shuffled')];
    const first = (where: string) => firstRecord(path.join(where, 'calls.jsonl'));
    assert.deepEqual(first(plain.where), first(shuffled.where));
    const lines = fs.readFileSync(path.join(shuffled.where, 'calls.jsonl'), 'utf8').split('\n');
    const firstKeys = new Set(lines.map(line => line.slice(0, 8)));
    assert.ok(firstKeys.size >= 12, 'every key comes first somewhere');
  });

  it('has lines of 2 to 45 kB, half of them above some 7 kB, with usage behind the content and decoys in it', () => {
    const { where } = content();
    const lines = filesIn(where)
      .flatMap(file => fs.readFileSync(file, 'utf8').split('\n'))
      .filter(line => line.startsWith('{"id"') && line.endsWith('}'));
    const lengths = lines.map(line => Buffer.byteLength(line)).sort((one, other) => one - other);
    const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
    assert.ok(median > 7000 && median < 8500, `median ${median}`);
    assert.ok((lengths.at(-1) ?? 0) < 48_000, `longest ${lengths.at(-1)}`);
    assert.ok(lines.every(line => line.lastIndexOf('"usage"') > line.lastIndexOf('"messages"')));
    assert.ok(lines.some(line => line.includes('\\"usage\\"')));
    assert.ok(lines.some(line => line.includes('decoy-model')));
  });

  it('writes conversation files into folders and knows how many are whole', () => {
    const where = folder();
    const totals: ConversationTotals = writeConversations(where, 400, 5, 'one');
    const files = filesIn(where);
    assert.equal(files.length, 400);
    assert.equal(new Set(files.map(file => path.dirname(file))).size, 5);
    const whole = files.filter(file => parse(fs.readFileSync(file, 'utf8')) !== undefined).length;
    assert.deepEqual(totals, { files: 400, whole });
    assert.ok(whole < 400, 'some are cut');
  });
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface LoggedRecord {
  readonly trace_id: string;
  readonly model: string;
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number };
  readonly latency_ms: number;
  readonly error: unknown;
}

function firstRecord(file: string): unknown {
  return parse(fs.readFileSync(file, 'utf8').split('\n')[0] ?? '');
}

/** The totals by JSON.parse of every line: nothing of the generator is used. */
function count(files: readonly string[], markers: readonly string[]): Totals {
  const texts = files.map(file => fs.readFileSync(file, 'utf8'));
  const lines = texts.flatMap(text => text.split('\n').slice(0, -1));
  const values = lines.filter(line => line !== '').map(line => parse(line));
  const records = values.filter(
    // what the generator writes as an object has these fields
    (value): value is LoggedRecord => typeof value === 'object' && value !== null,
  );
  const sum = (pick: (record: LoggedRecord) => number) =>
    records.reduce((total, record) => total + pick(record), 0);
  const sorted = records.map(record => record.latency_ms).sort((one, other) => one - other);
  const at = (share: number) =>
    [Math.ceil(sorted.length * share) - 1, Math.floor(sorted.length * share)].map(
      index => sorted[index],
    );
  const holding = (marker: string) =>
    records.filter(record => JSON.stringify(record).includes(marker)).length;
  return {
    bytes: files.reduce((total, file) => total + fs.statSync(file).size, 0),
    lines: lines.length,
    records: records.length,
    invalid: values.length - records.length,
    blank: lines.length - values.length,
    errors: sum(({ error }) => (error === null ? 0 : 1)),
    inputTokens: sum(({ usage }) => usage.prompt_tokens),
    outputTokens: sum(({ usage }) => usage.completion_tokens),
    traces: new Set(records.map(record => record.trace_id)).size,
    models: new Set(records.map(record => record.model)).size,
    // two each, and there are records
    latency: { p50: at(0.5), p95: at(0.95), p99: at(0.99) } as unknown as Totals['latency'],
    markers: Object.fromEntries(markers.map(marker => [marker, holding(marker)])),
  };
}
