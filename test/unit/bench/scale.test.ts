import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { grownDocument, grownLines, listSeeds, writeGrown } from '../../../bench/scale/grow';
import { listQuestions } from '../../../bench/scale/questions';
import { variedCopy } from '../../../bench/scale/varied';
import { growsTooFast, joinTimes, type Measured } from '../../../bench/scale/verdict';
import { engineContract } from '../../../src/protocol/engineContract';
import { fixturePath, readText } from '../formats/readFixture';

const line =
  '{"id":"call-77aa","trace_id":"t1","parentId":"call-77aa","at":"2026-05-01T10:00:00.5Z","ts":1777629600123,"n":12}';

describe('a log that is written again and again', () => {
  it('has other ids and later times in each copy, and the same ones where they mean the same', () => {
    const copy = JSON.parse(variedCopy(line, 3, 'varied')) as Record<string, unknown>;
    const { id, at, ts, n } = copy;
    assert.match(String(id), /^[a-z]{4}-[1-9]{2}[a-f]{2}$/);
    assert.notEqual(id, 'call-77aa');
    assert.equal(copy['parentId'], id);
    assert.notEqual(copy['trace_id'], 't1');
    assert.deepEqual({ at, ts, n }, { at: '2026-05-01T10:03:03.5Z', ts: 1777629783123, n: 12 });
  });

  it('stays in its trace when that is to grow, or keeps all ids', () => {
    const grouped = JSON.parse(variedCopy(line, 3, 'grouped')) as Record<string, unknown>;
    assert.equal(grouped['trace_id'], 't1');
    assert.notEqual(grouped['id'], 'call-77aa');
    const same = JSON.parse(variedCopy(line, 3, 'same')) as Record<string, unknown>;
    assert.equal(same['id'], 'call-77aa');
    assert.equal(same['at'], '2026-05-01T10:00:03.5Z');
  });

  it('has different short ids in every copy', () => {
    const ids = Array.from({ length: 3000 }, (_, copy) =>
      variedCopy('{"id":"u-0"}', copy, 'varied'),
    );
    assert.equal(new Set(ids).size, ids.length);
  });

  it('is itself first, and as long as was asked for', () => {
    const grown = grownLines(line, 'varied', 1000);
    assert.ok(grown.startsWith(`${line}\n`));
    assert.ok(grown.length >= 1000 && grown.length < 1000 + 2 * line.length);
  });

  it('goes on with the largest list of a document', () => {
    const text = '{"name":"x","some":[1],"runs":[{"id":"r1","steps":[1,2,3]},{"id":"r2"}]}';
    const grown = JSON.parse(grownDocument(text, 'varied', 500)) as { runs: { id: string }[] };
    assert.ok(grown.runs.length >= 20);
    assert.equal(new Set(grown.runs.map(({ id }) => id)).size, grown.runs.length);
  });

  it('can be made of every fixture, and what was JSON still is', () => {
    const seeds = listSeeds(fixturePath('.'), new Set(['golden']));
    assert.deepEqual([...new Set(seeds.map(({ kind }) => kind))].toSorted(), [
      'document',
      'folder',
      'lines',
    ]);
    const target = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-grown-'));
    try {
      for (const [at, seed] of seeds.entries()) {
        const folder = path.join(target, String(at));
        writeGrown(seed, 'varied', 5000, folder);
        assert.ok(fs.readdirSync(folder).length > 0, seed.name);
        if (seed.kind === 'document') {
          const [file = ''] = fs.readdirSync(folder);
          const text = fs.readFileSync(path.join(folder, file), 'utf8');
          assert.ok(readText(text, file).length > 0, seed.name);
          text
            .trim()
            .split('\n')
            .forEach(each => JSON.parse(each));
        }
      }
    } finally {
      fs.rmSync(target, { recursive: true });
    }
  });
});

describe('the questions that are timed', () => {
  it('ask every method of the engine, whatever is added to its list', () => {
    const situations = [
      { path: 'p', source: 'p', folders: ['p'], file: 'f', start: 0, end: 10, filter: 'x' },
      { groupBy: 'trace', traceKey: 't', start: 0, end: 10 },
      { category: 'c', traceKey: 't', key: 'k', line: 1, file: 'f', message: 'm' },
      { category: 'c', start: 0, end: 10 },
      { traceKey: 't', filter: 'x' },
    ];
    const asked = new Set(listQuestions(situations).map(({ method }) => method));
    assert.deepEqual([...asked].toSorted(), Object.keys(engineContract).toSorted());
  });

  it('are asked once each, those that change what is known last', () => {
    const questions = listQuestions([
      { traceKey: 'a', path: 'p' },
      { traceKey: 'a', path: 'p', key: 'k' },
    ]);
    const methods = questions.map(({ method }) => method);
    assert.equal(methods.filter(method => method === 'getTrace').length, 1);
    assert.equal(methods.at(-1), 'removeSource');
    assert.deepEqual(questions.find(({ method }) => method === 'getSpan')?.values, { key: 'k' });
  });
});

describe('what takes more than in proportion', () => {
  const bounds = { factor: 4, floor: 0.3, tolerance: 1.5 };
  const of = (small: number | undefined, large: number | undefined): Measured => ({
    log: 'a.jsonl',
    growth: 'varied',
    question: 'getStats {}',
    small,
    large,
  });

  it('is told by the ratio of the times', () => {
    assert.ok(growsTooFast(of(0.2, 3.2), bounds));
    assert.ok(!growsTooFast(of(0.2, 0.9), bounds));
  });

  it('is not told by times that are as short as noise', () => {
    assert.ok(!growsTooFast(of(0.001, 0.29), bounds));
    assert.ok(!growsTooFast(of(0.001, 0.4), bounds));
    assert.ok(growsTooFast(of(0.001, 0.6), bounds));
  });

  it('is also what did not end', () => {
    assert.ok(growsTooFast(of(0.2, undefined), bounds));
    const joined = joinTimes(
      of(0, 0),
      new Map([['a', 1]]),
      new Map([
        ['a', undefined],
        ['b', 2],
      ]),
    );
    assert.deepEqual(
      joined.map(({ question, large }) => [question, large]),
      [['a', undefined]],
    );
  });
});
