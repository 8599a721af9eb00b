import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { build } from 'esbuild';
import { createEngine } from '../../../../src/engine/createEngine';
import type { Engine, EngineOptions } from '../../../../src/engine/engine';
import type { JsonFormat } from '../../../../src/formats/format';
import { homegrown } from '../../../../src/formats/homegrown';
import { callLine } from '../../../callLine';
import { fixturePath } from '../../formats/readFixture';
import { zipOf } from '../../read/packed/zipWriter';
import { quoted } from './searched';

const range = { start: 0, end: 100 };

describe('a search in bodies', () => {
  let folder: string;
  let engine: Engine;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-search-'));
  });

  afterEach(async () => {
    await engine.dispose();
    fs.rmSync(folder, { recursive: true });
  });

  function write(name: string, bytes: string | Buffer): string {
    const file = path.join(folder, name);
    fs.writeFileSync(file, bytes);
    return file;
  }

  async function open(options: EngineOptions = {}, target = folder): Promise<void> {
    engine = createEngine(options);
    await engine.handlers.addSource({ path: target });
    await engine.handlers.whenIdle({});
  }

  /** Request ids of the calls, sorted. */
  async function ids(filter: string): Promise<readonly string[]> {
    const spans = await engine.matchingSpans(filter);
    return spans.map(span => span.requestId ?? '').toSorted();
  }

  function line(
    id: string,
    question: string,
    more: Readonly<Record<string, unknown>> = {},
  ): string {
    return callLine(question, { request_id: id, ...more });
  }

  it('goes on, and says so, where a format fails at a record', async () => {
    write('calls.jsonl', line('one', 'about turtles') + line('two', 'about tortoises'));
    let fails = false;
    const failing: JsonFormat = {
      ...homegrown,
      read: (record, context) => {
        const reading = homegrown.read(record, context);
        const content = (): never => {
          throw new Error('a bug');
        };
        return fails
          ? { ...reading, spans: reading.spans.map(span => ({ ...span, content })) }
          : reading;
      },
    };
    engine = createEngine({}, { formats: [failing], rules: [] });
    const told: string[] = [];
    engine.onEvent(event => void (event.type === 'log' && told.push(event.text)));
    await engine.handlers.addSource({ path: folder });
    await engine.handlers.whenIdle({});
    fails = true;
    assert.deepEqual(await ids('turtles'), []);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /calls\.jsonl cannot be searched: Error: a bug/);
    fails = false;
    assert.deepEqual(await ids('tortoises'), ['two']);
  });

  it('finds a text however it is escaped', async () => {
    const nested = JSON.stringify({ note: JSON.stringify({ inner: 'Straße nach "Köln"' }) });
    write('raw.jsonl', line('raw', 'the Straße nach "Köln"') + line('nested', nested));
    const escaped = line('escaped', 'the Straße nach "Köln"').replace(
      /[\u0080-\uffff]/g,
      unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    write('escaped.jsonl', escaped + line('other', 'nothing'));
    await open();
    for (const text of ['straße', 'KÖLN', 'nach', 'ß', 'Straße nach']) {
      assert.deepEqual(await ids(quoted(text)), ['escaped', 'nested', 'raw'], text);
    }
    assert.deepEqual(await ids(quoted('nach "köln"')), ['escaped', 'raw']);
  });

  it('finds a text in UTF-16, in packed files and in their entries', async () => {
    const wide = Buffer.from(`\ufeff${line('wide', '日本の needle')}`, 'utf16le');
    write('wide.jsonl', wide);
    write('wider.jsonl', Buffer.from(wide).swap16());
    write('a.jsonl.gz', zlib.gzipSync(line('gzip', '日本 needle') + line('none', 'no')));
    write('b.zip', zipOf([{ name: 'b.jsonl', content: line('zip', '日本 Needle') }]));
    await open();
    assert.deepEqual(await ids('needle'), ['gzip', 'wide', 'zip']);
    assert.deepEqual(await ids('日本'), ['gzip', 'wide', 'zip']);
    assert.deepEqual(await ids('本の'), ['wide']);
  });

  it('finds letters whose lower case is another one’s', async () => {
    write(
      'log.jsonl',
      line('kelvin', 'at 30\u212aelvin') + line('dotted', 'x\u0130') + line('none', 'at 30'),
    );
    await open();
    assert.deepEqual(await ids('30kelvin'), ['kelvin']);
    assert.deepEqual(await ids('xi'), ['dotted']);
  });

  it('finds signs and single letters, for which every record must be read', async () => {
    write(
      'log.jsonl',
      line('a', 'if (x) {}') + line('b', 'plain words') + line('c', 'line\nbreak'),
    );
    await open();
    assert.deepEqual(await ids(quoted(') {}')), ['a']);
    assert.deepEqual(await ids(quoted('\n')), ['c']);
    assert.deepEqual(await ids('z'), []);
  });

  it('does not find names of fields, nor what another span of the record says', async () => {
    await open({}, fixturePath('langfuse'));
    const spans = [...engine.spans()].filter(span => span.hasOutput);
    assert.ok(spans.length > 1);
    assert.deepEqual(await engine.matchingSpans('"statusMessage"'), []);
  });

  it('finds the words of a person at the call that was sent them first', async () => {
    await open({}, fixturePath('claude-code/session.jsonl'));
    const found = await engine.matchingSpans('"when does the bakery open"');
    assert.deepEqual(
      found.map(span => span.key),
      ['message:msg_first'],
    );
    const task = await engine.matchingSpans('"count the loaves"');
    assert.ok(task.some(span => span.key === 'message:msg_agent'));
  });

  it('finds the words of a person whose answer came later', async () => {
    const lines = fs.readFileSync(fixturePath('claude-code/session.jsonl'), 'utf8').split('\n');
    const file = write('session.jsonl', `${lines.slice(0, 3).join('\n')}\n`);
    await open();
    const filter = '"when does the bakery open"';
    assert.deepEqual(await engine.matchingSpans(filter), []);
    fs.appendFileSync(file, `${lines.slice(3).join('\n')}\n`);
    await engine.handlers.whenIdle({});
    const found = await engine.matchingSpans(filter);
    assert.deepEqual(
      found.map(span => span.key),
      ['message:msg_first'],
    );
  });

  it('finds what was written since, also in a file that was written anew', async () => {
    const file = write('log.jsonl', line('one', 'needle') + line('two', 'hay'));
    await open();
    assert.deepEqual(await ids('needle'), ['one']);
    fs.appendFileSync(file, line('three', 'a needle more'));
    write('new.jsonl', line('four', 'needle'));
    await engine.handlers.whenIdle({});
    assert.deepEqual(await ids('needle'), ['four', 'one', 'three']);
    assert.deepEqual(await ids('-needle'), ['two']);
    fs.writeFileSync(file, line('five', 'another needle'));
    await engine.handlers.whenIdle({});
    assert.deepEqual(await ids('needle'), ['five', 'four']);
    fs.rmSync(file);
    await engine.handlers.whenIdle({});
    assert.deepEqual(await ids('needle'), ['four']);
  });

  it('combines words with fields, and excludes words', async () => {
    write(
      'log.jsonl',
      line('a', 'red apple') + line('b', 'green apple', { model: 'gpt-4o' }) + line('c', 'pear'),
    );
    await open();
    assert.deepEqual(await ids('apple'), ['a', 'b']);
    assert.deepEqual(await ids('apple -green'), ['a']);
    assert.deepEqual(await ids('model:gpt-4o apple'), ['b']);
    assert.deepEqual(await ids('(green OR pear)'), ['b', 'c']);
    assert.deepEqual(await ids('-apple'), ['c']);
    assert.deepEqual(await ids('apple pear'), []);
    assert.deepEqual(await ids('gpt-4o-mini'), ['a', 'c']);
  });

  it('gives out traces newest first, with counts, whatever was found first', async () => {
    const at = (day: number) => ({ timestamp: `2026-05-${String(day).padStart(2, '0')}T08:00:00` });
    write('a.jsonl', line('1', 'needle', at(1)) + line('3', 'needle', at(3)));
    write('b.jsonl', line('2', 'needle', at(2)) + line('4', 'hay', at(4)));
    await open();
    const { items } = await engine.handlers.listTraces({ filter: 'needle', ...range });
    const days = items.map(trace => new Date(trace.startTime ?? 0).getUTCDate());
    assert.deepEqual(days, [3, 2, 1]);
    const counts = await engine.handlers.countMatches({ filter: 'needle' });
    assert.deepEqual(counts, { calls: 3, ofCalls: 4, traces: 3, searching: undefined });
  });

  it('says that there may be more while calls are looked through, also without a word to search for', async () => {
    write('a.jsonl', Array.from({ length: 4000 }, (_, at) => line(`${at}`, 'hay')).join(''));
    await open();
    const filter = 'model:none';
    const early = await engine.handlers.countMatches({ filter, withinMs: 0 });
    assert.ok(early.searching !== undefined && early.searching < 1);
    assert.deepEqual(await engine.handlers.countMatches({ filter }), {
      calls: 0,
      ofCalls: 4000,
      traces: 0,
      searching: undefined,
    });
  });

  describe('in threads of its own', () => {
    let bundles: string;
    let searchThread: string;

    before(async () => {
      bundles = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-bundle-'));
      searchThread = path.join(bundles, 'search.cjs');
      await build({
        entryPoints: ['src/engine/search/worker.ts'],
        outfile: searchThread,
        bundle: true,
        platform: 'node',
        format: 'cjs',
        logLevel: 'silent',
      });
    });

    after(() => fs.rmSync(bundles, { recursive: true }));

    /** More than is searched without a thread. */
    function writeMany(): void {
      const filler = 'lorem ipsum '.repeat(400);
      for (const name of ['a', 'b']) {
        const lines = Array.from({ length: 300 }, (_, at) =>
          line(`${name}${at}`, at % 100 === 7 ? `${filler} Needle` : filler),
        );
        write(`${name}.jsonl`, lines.join(''));
      }
    }

    it('finds the same', async () => {
      writeMany();
      await open({ searchThread });
      const problems: string[] = [];
      engine.onEvent(event => event.type === 'log' && problems.push(event.text));
      assert.deepEqual(await ids('needle'), ['a107', 'a207', 'a7', 'b107', 'b207', 'b7']);
      assert.equal((await ids('-needle')).length, 594);
      assert.deepEqual(problems, []);
    });

    it('gives out what it has, says that there is more, and stops when it is told to', async () => {
      writeMany();
      await open({ searchThread });
      const told: string[] = [];
      const settled = new Promise<void>(resolve => {
        engine.onEvent(event => {
          if (event.type === 'search') {
            told.push(event.filter);
            const counts = engine.handlers.countMatches({ filter: event.filter, withinMs: 0 });
            void Promise.resolve(counts).then(
              ({ searching }) => searching === undefined && resolve(),
            );
          }
        });
      });
      const early = await engine.handlers.countMatches({ filter: 'needle', withinMs: 0 });
      // not all of it: the file that the threads look at has a half
      assert.ok(early.traces < 6);
      assert.equal(typeof early.searching, 'number');
      await settled;
      assert.ok(told.every(filter => filter === 'needle'));
      const all = await engine.handlers.listTraces({ filter: 'needle', ...range });
      assert.equal(all.total, 6);

      const other = engine.handlers.countMatches({ filter: 'ipsum' });
      await engine.handlers.stopSearch({ filter: 'ipsum' });
      const stopped = await other;
      assert.ok(stopped.calls < 600);
      // asked again, it goes on where it was
      assert.equal((await engine.handlers.countMatches({ filter: 'ipsum' })).calls, 600);
    });

    it('goes on for one who waits when another has stopped the search of the same word', async () => {
      writeMany();
      await open({ searchThread });
      const waiting = engine.handlers.countMatches({ filter: 'needle model:gpt-4o-mini' });
      const other = engine.handlers.countMatches({ filter: 'needle' });
      await engine.handlers.stopSearch({ filter: 'needle' });
      await other;
      assert.equal((await waiting).calls, 6);
    });

    it('goes on without them when they cannot be started', async () => {
      writeMany();
      await open({ searchThread: path.join(bundles, 'none.cjs') });
      const problems: string[] = [];
      engine.onEvent(event => event.type === 'log' && problems.push(event.text));
      assert.equal((await ids('needle')).length, 6);
      assert.match(problems.join('\n'), /goes on in one thread/);
    });
  });
});
