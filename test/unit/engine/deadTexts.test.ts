import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { createEngine } from '../../../src/engine/createEngine';
import type { Engine } from '../../../src/engine/engine';
import { formats } from '../../../src/formats/index';
import type { SpanPatch } from '../../../src/model/span';
import { Memory, patch } from './builders';
import { believedAnew, believedBy, indexFile, openKept, untilWritten } from './keep/keptEngine';

const records = 40;
/** Texts of all kinds: of hex digits, of any length, long, short, with letters of two bytes; shared and not, in words and in lists. */
function call(number: number): SpanPatch {
  return patch({
    name: `step ${number % 3}`,
    identity: number % 4 === 0 ? `call:own-${number}` : `request:req_${number}`,
    requestId: `req_${number}`,
    traceId: number % 3 === 0 ? undefined : (number * 7919).toString(16).padStart(32, '0'),
    spanId: (number * 104_729).toString(16).padStart(16, '0'),
    sessionId: number % 3 === 0 ? `chat ${'é'.repeat(number % 40)} ${number >> 2}` : undefined,
    userId: `Ω${number % 100}`,
    startTime: number * 1000,
    status: number % 5 === 0 ? 'error' : 'ok',
    error:
      number % 5 === 0
        ? { type: `Type${number}`, message: `${number} ${'x'.repeat((number * 37) % 3000)}` }
        : undefined,
    tags: number % 2 === 0 ? { turn: `${number}`, place: `at ${number}` } : undefined,
    toolCallNames: number % 6 === 0 ? [`tool ${number}`, `tool ${number % 4}`] : undefined,
  });
}

interface Change {
  readonly file: string;
  readonly does: string;
  readonly number: number;
}

function dump(memory: Memory): unknown {
  const spans = memory.spans().map(span => ({ ...span, tags: { ...span.tags } }));
  return {
    spans: spans.toSorted((one, other) => (one.key < other.key ? -1 : 1)),
    found: spans.map(({ key }) => memory.span(key)?.key),
    traces: memory.traces(),
    skipped: memory.core.store.files().map(file => {
      const at = Array.from({ length: file.skipped }, (_, index) => file.skippedRange(index));
      return [file.path, file.records, at];
    }),
  };
}

describe('texts that nothing refers to any more', () => {
  /** Writes a log so many times, with the numbers of its calls as they are told for each time. Returns the texts held each time. */
  async function rewrite(
    memory: Memory,
    times: number,
    first: (time: number) => number,
  ): Promise<readonly { readonly bytes: number; readonly end: number }[]> {
    const held: { readonly bytes: number; readonly end: number }[] = [];
    for (let time = 0; time < times; time++) {
      memory.forget('/a.jsonl');
      for (let index = 0; index < records; index++) {
        memory.call('/a.jsonl', call(first(time) + index));
      }
      memory.give('/a.jsonl', `line ${first(time)}`);
      memory.traces();
      await memory.core.deadTexts.settled;
      const { heldBytes, strings } = memory.core.store;
      held.push({ bytes: heldBytes, end: strings.end });
    }
    return held;
  }

  const half = 60;
  const most = (held: readonly { readonly bytes: number; readonly end: number }[]) => ({
    bytes: Math.max(...held.map(({ bytes }) => bytes)),
    end: Math.max(...held.map(({ end }) => end)),
  });

  it('are no more after a hundred writings of a log than after some, and are not many', async () => {
    const memory = new Memory({ leastDeadBytes: 1 });
    memory.call('/b.jsonl', call(1_000_000));
    const held = await rewrite(memory, 2 * half, time => time * records);
    const before = most(held.slice(0, half));
    const after = most(held.slice(half));
    // the log is not as long each time
    assert.ok(after.bytes < 1.1 * before.bytes, `${after.bytes} bytes, ${before.bytes} before`);
    assert.ok(after.end <= before.end + 256 * 2, `${after.end} numbers, ${before.end} before`);
    assert.ok(memory.core.store.fileAt({ file: '/a.jsonl' }).id < 4, 'numbers of files');
    const fresh = new Memory();
    fresh.call('/b.jsonl', call(1_000_000));
    await rewrite(fresh, 1, () => (2 * half - 1) * records);
    assert.ok(after.bytes < 3.5 * fresh.core.store.heldBytes);
    assert.deepEqual(dump(memory), dump(fresh));
  });

  it('of a log that says the same each time are no more than before', async () => {
    const memory = new Memory({ leastDeadBytes: 1 });
    const held = await rewrite(memory, 2 * half, () => 0);
    const first = held[0] ?? { bytes: 0, end: 0 };
    assert.ok(most(held).bytes < 2 * first.bytes);
    assert.equal(most(held.slice(half)).end, most(held.slice(0, half)).end);
  });

  it('stay as long as there are few of them', async () => {
    const memory = new Memory({ leastDeadBytes: 100_000 });
    const held = await rewrite(memory, 5, time => time * records);
    assert.ok(held.every(({ bytes }, at) => at === 0 || bytes > (held[at - 1]?.bytes ?? 0)));
    assert.equal(memory.core.deadTexts.turns, 0);
  });

  it('are not those of records without spans and of audit entries', () => {
    const { store, deadTexts } = new Memory().core;
    const audit = { timestamp: 1, action: 'create', userId: 'u-17', resource: 'r-17' };
    const entry = { ...audit, contentHash: 'abcdef0123456789' };
    store.apply({
      type: 'record',
      record: {
        source: { file: '/a.jsonl', offset: 0, length: 10, line: 1 },
        format: 1,
        id: 'record of its own',
        checksum: 0,
        sha256: undefined,
        hasTurn: false,
        sessionId: 'session of its own',
      },
      patches: [],
      audit: entry,
    });
    [...deadTexts.steps()].forEach(() => {});
    // they would take the places
    ['record that others have', 'session of others.', 'update', 'u-18', 'r-18'].forEach(text =>
      store.strings.id(text),
    );
    store.strings.id('abcdef9876543210');
    const file = store.fileAt({ file: '/a.jsonl' });
    assert.equal(file.recordOwnId(0), 'record of its own');
    assert.notEqual(store.strings.find('session of its own'), 0);
    assert.deepEqual(store.audit.fields(file.auditRows[0] ?? -1), entry);
  });

  it('can be forgotten while logs come and go', function () {
    this.timeout(60_000);
    const files = ['/a.jsonl', '/b.jsonl', '/c.jsonl'] as const;
    const change: fc.Arbitrary<Change> = fc.record({
      file: fc.constantFrom(...files),
      does: fc.constantFrom('give', 'give', 'give', 'skip', 'forget', 'replace', 'ask'),
      number: fc.nat(30),
    });
    const apply = (memory: Memory, { file, does, number }: Change) => {
      if (does === 'forget') {
        memory.forget(file);
      } else if (does === 'skip') {
        memory.give(file, `line ${number}`);
      } else if (does === 'ask') {
        memory.traces();
      } else {
        memory.give(file, [call(number)], does === 'replace' && memory.hasRecords(file));
      }
    };
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 60 }),
        fc.array(fc.tuple(change, fc.nat(120)), { maxLength: 30 }),
        fc.array(change, { maxLength: 20 }),
        (before, between, behind) => {
          const memory = new Memory();
          const fresh = new Memory();
          const changes = [...before, ...between.map(([one]) => one), ...behind];
          changes.forEach(one => apply(fresh, one));

          before.forEach(one => apply(memory, one));
          const steps = memory.core.deadTexts.steps();
          for (const [one, count] of between) {
            for (let step = 0; step < count; step++) {
              steps.next();
            }
            apply(memory, one);
          }
          while (steps.next().done !== true) {
            // to the end
          }
          behind.forEach(one => apply(memory, one));
          assert.deepEqual(dump(memory), dump(fresh));
          // and once more, with what was free
          [...memory.core.deadTexts.steps()].forEach(() => {});
          files.forEach(file => [memory, fresh].forEach(one => one.call(file, call(31))));
          assert.deepEqual(dump(memory), dump(fresh));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a log that is written anew again and again', () => {
  const lines = 600; // enough to be read by their shape
  let base: string;
  let folder: string;
  let engine: Engine | undefined;

  beforeEach(() => {
    base = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-anew-'));
    folder = path.join(base, 'logs');
    fs.mkdirSync(folder);
  });
  afterEach(async () => {
    await engine?.dispose();
    engine = undefined;
    fs.rmSync(base, { recursive: true });
  });

  const hex = (number: number, digits: number) =>
    Math.imul(number, 0x9e3779b1).toString(16).replace('-', 'f').padStart(digits, '0');

  /** Calls of which each says something that no other log says. */
  function write(log: number, name = 'app.jsonl', count = lines): void {
    const written = Array.from({ length: count }, (_, index) => {
      const number = log * lines + index;
      return `${JSON.stringify({
        id: `call_${hex(number, 12)}`,
        timestamp: new Date(1_790_000_000_000 + number * 1700).toISOString(),
        trace_id: hex(number >> 2, 32),
        span_id: hex(number + 7, 16),
        parent_span_id: null,
        name: ['plan', 'judge', `step ${log}`][number % 3],
        model: ['gpt-4o', 'claude-sonnet-4-5', `model-${log}`][(number >> 2) % 3],
        user_id: `user ${number % 7} of ${log}`,
        usage: { prompt_tokens: 10 + (number % 700), completion_tokens: number % 90 },
        latency_ms: 100 + (number % 1000),
        status: number % 50 === 0 ? 'error' : 'ok',
        error: number % 50 === 0 ? `Error code: 429 - rate limit, request ${number}` : null,
        session_id: `of ${log}`,
      })}\n`;
    });
    fs.writeFileSync(path.join(folder, name), written.join(''));
  }

  async function readAgain(): Promise<void> {
    await engine?.handlers.removeSource({ path: folder });
    await engine?.handlers.addSource({ path: folder });
    await engine?.handlers.whenIdle({});
  }

  async function open(leastDeadBytes?: number): Promise<Engine> {
    const opened = createEngine(
      { prices: false },
      { formats, rules: [], learnAfterBytes: 0, ...(leastDeadBytes && { leastDeadBytes }) },
    );
    await opened.handlers.addSource({ path: folder });
    await opened.handlers.whenIdle({});
    return opened;
  }

  /** What is known, and what filters let through: what is remembered of texts for these must not be that of others. */
  async function told(asked: Engine, log: number): Promise<unknown> {
    const all: unknown[] = [await asked.handlers.getStats({})];
    for (const filter of [`model-${log}`, 'rate', `"user 3 of ${log}"`]) {
      all.push(await asked.handlers.listTraces({ start: 0, end: 100, filter }));
    }
    return [...all, ...asked.spans(), ...asked.records()];
  }

  it('is told as in an engine that never knew what it was', async function () {
    this.timeout(60_000);
    write(0);
    engine = await open(1);
    for (let log = 1; log <= 5; log++) {
      write(log % 4);
      await readAgain();
      const fresh = await open();
      assert.deepEqual(await told(engine, log % 4), await told(fresh, log % 4), `log ${log}`);
      await fresh.dispose();
    }
  });

  it('is known at the next start as it was written last', async function () {
    this.timeout(60_000);
    const store = path.join(base, 'store');
    // most of what is known stays: else nothing would be kept
    write(9, 'other.jsonl', 4 * lines);
    write(0);
    engine = await openKept(folder, store, { leastDeadBytes: 1 });
    let before: number | undefined;
    for (let log = 1; log <= 7; log++) {
      before = fs.statSync(indexFile(store), { throwIfNoEntry: false })?.mtimeMs;
      write(log);
      while (![...engine.spans()].some(({ sessionId }) => sessionId === `of ${log}`)) {
        await sleep(5);
      }
      await engine.handlers.whenIdle({});
    }
    await untilWritten(store, before);
    await engine.dispose();
    engine = await openKept(folder, store);
    assert.deepEqual(await believedBy(engine, folder), await believedAnew(folder));
  });
});
