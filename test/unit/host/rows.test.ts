import assert from 'node:assert/strict';
import { linesLabel } from '../../../src/model/trace';
import type { Span } from '../../../src/model/span';
import type { Trace } from '../../../src/model/trace';
import { toShareMessage, toFindingGroupHover } from '../../../src/host/display/findingRow';
import { groupFiles } from '../../../src/host/display/fileGroups';
import { toReadingState } from '../../../src/host/display/readingState';
import { toFileRow, toSkippedRow, toSourceRow } from '../../../src/host/display/sourceRow';
import { spanLabel, toSpanRow } from '../../../src/host/display/spanRow';
import { nestSpans, type NestedSpan } from '../../../src/host/display/spanTree';
import {
  toGroupHover,
  toGroupRow,
  toTraceHover,
  toTraceRow,
} from '../../../src/host/display/traceRow';
import { filterWords, findHighlights } from '../../../src/host/display/words';
import type { FileStatus, SourceStatus } from '../../../src/protocol/sourceStatus';

const now = new Date(2026, 9, 14, 15, 0).getTime();

function makeTrace(parts: Partial<Trace> = {}): Trace {
  return {
    key: 't',
    inferred: false,
    name: 'Why was invoice INV-20871 charged twice?',
    durationMs: 38_140,
    spans: 8,
    calls: 8,
    errors: 0,
    recovered: false,
    running: false,
    models: ['gpt-4o'],
    costUsd: 0.2966,
    unpricedCalls: 0,
    hasContent: true,
    files: [],
    ...parts,
  };
}

function makeSpan(parts: Partial<Span> = {}): Span {
  return {
    key: 's',
    traceKey: 't',
    join: 'traceId',
    kind: 'call',
    name: 'chat',
    model: 'gpt-4o',
    usage: {},
    status: 'ok',
    tags: {},
    toolCallNames: [],
    hasInput: true,
    hasOutput: true,
    format: 'test',
    sources: [],
    ...parts,
  };
}

function makeFile(name: string, parts: Partial<FileStatus> = {}): FileStatus {
  return {
    path: `/logs/${name}`,
    name,
    state: 'live',
    formats: ['OpenAI chat'],
    sizeBytes: 10,
    records: 118,
    calls: 118,
    auditEntries: 0,
    skipped: 0,
    canBeMapped: false,
    pendingBytes: 0,
    previewed: 0,
    ...parts,
  };
}

describe('the hover of a trace', () => {
  const nameOf = (file: string) => file.replace('/home/me/app/', '');
  const files = [{ file: '/home/me/app/logs/a.jsonl', firstLine: 96, lastLine: 118 }];
  const linesOf = (parts: Partial<Trace>) => toTraceHover(makeTrace(parts), nameOf).flat();

  it('names files as the workspace does', () => {
    assert.ok(linesOf({ files, traceId: 'x' }).includes('logs/a.jsonl:96-118'));
  });

  it('says what stands in for a missing id: nothing when there is one call', () => {
    assert.ok(linesOf({ inferred: true, spans: 1 }).includes('no trace id in the log'));
    assert.ok(linesOf({ inferred: true, spans: 2 }).some(line => /put together/.test(line)));
  });

  it('says that a duration is unknown, where the row says nothing', () => {
    assert.ok(linesOf({ durationMs: undefined }).some(line => /duration unknown/.test(line)));
    const row = toTraceRow(makeTrace({ durationMs: undefined }), [], now);
    assert.doesNotMatch(row.description ?? '', /ms/);
  });
});

describe('the row of a trace', () => {
  it('says why, how long and how much, in this order', () => {
    const failed = makeTrace({
      errors: 3,
      inferred: true,
      leadingError: { category: 'context_length', title: 'Context length exceeded', spanKey: 's' },
    });
    const row = toTraceRow(failed, [], now);
    assert.equal(row.description, 'context length · 38.1 s · $0.30 · inferred');
    assert.equal(row.count, 3);
    assert.equal(row.tone, 'failed');
    assert.match(row.spoken ?? '', /failed.*3 errors/);
  });

  it('leaves out what is unknown, and never says 0 for it', () => {
    const row = toTraceRow(
      makeTrace({ durationMs: undefined, costUsd: undefined, hasContent: false }),
      [],
      now,
    );
    assert.equal(row.description, 'no text in the log');
  });

  it('says that it is running, and since when', () => {
    const row = toTraceRow(makeTrace({ running: true, startTime: now - 8000, calls: 3 }), [], now);
    assert.equal(row.description, 'running 8.0 s · 3 calls');
    assert.equal(row.icon, 'loading~spin');
  });

  it('shows hostile names as text', () => {
    const row = toTraceRow(makeTrace({ name: '<img src=x>\n\u202E$(error)' }), [], now);
    assert.equal(row.label, '<img src=x> [U+202E]$(error)');
  });

  it('marks the words of the filter', () => {
    const words = filterWords('status:error model:gpt-4o* "twice" charged');
    assert.deepEqual(words, ['twice', 'charged']);
    assert.deepEqual(filterWords(String.raw`"say \"no\" \\ twice"`), ['say "no" \\ twice']);
    assert.deepEqual(toTraceRow(makeTrace(), words, now).highlights, [
      [26, 33],
      [34, 39],
    ]);
    assert.deepEqual(findHighlights('aaa', ['aa', 'a']), [
      [0, 2],
      [2, 3],
    ]);
  });
});

describe('the row of a trace that recovered', () => {
  it('is no failure, and says what it recovered from', () => {
    const leadingError = { category: 'rate_limit', title: 'Rate limit reached', spanKey: 's' };
    const row = toTraceRow(makeTrace({ errors: 2, recovered: true, leadingError }), [], now);
    assert.equal(row.icon, 'warning');
    assert.equal(row.tone, undefined);
    assert.match(row.description ?? '', /^recovered: rate limit/);
    assert.equal(row.count, 2);
  });
});

describe('the row of a group', () => {
  it('names the day and sums up', () => {
    const group = {
      id: '2026-10-14',
      label: '2026-10-14',
      traces: 4,
      calls: 24,
      errors: 3,
      costUsd: 0.41,
      unpricedCalls: 2,
    };
    const row = toGroupRow(group, 'day', now);
    assert.equal(row.label, 'Today');
    assert.equal(row.description, '4 traces · 24 calls · ≥ $0.41');
    assert.equal(row.count, 3);
    assert.deepEqual(toGroupHover({ ...group, latestTime: undefined }, 'day', now), [
      ['Today'],
      ['4 traces · 24 calls · 3 errors', '≥ $0.41 · 2 calls without a known price'],
    ]);
  });
});

describe('the row of a span', () => {
  it('is named by what it did and by its model, once', () => {
    assert.equal(spanLabel(makeSpan()), 'chat gpt-4o');
    assert.equal(spanLabel(makeSpan({ name: 'chat gpt-4o' })), 'chat gpt-4o');
    assert.equal(spanLabel(makeSpan({ name: 'search', model: undefined })), 'search');
  });

  it('says the category of its error first', () => {
    const row = toSpanRow(
      makeSpan({
        status: 'error',
        durationMs: 170,
        error: { message: 'slow down', category: 'rate_limit' },
      }),
      false,
    );
    assert.equal(row.description, 'rate limit · 170 ms');
    assert.equal(row.icon, 'error');
    assert.equal(row.highlights, undefined);
  });

  it('is marked, also for those who listen, when it is what the filter looks for', () => {
    const row = toSpanRow(makeSpan(), true);
    assert.deepEqual(row.highlights, [[0, 'chat gpt-4o'.length]]);
    assert.match(row.spoken ?? '', /found by the filter/);
  });
});

describe('spans below their parents', () => {
  const outline = (nodes: readonly NestedSpan[]): unknown[] =>
    nodes.map(({ span, children }) =>
      children.length === 0 ? span.key : [span.key, ...outline(children)],
    );

  it('stand in the order in which they came', () => {
    const spans = [
      makeSpan({ key: 'late child', spanId: 'c', parentSpanId: 'a' }),
      makeSpan({ key: 'root', spanId: 'a' }),
      makeSpan({ key: 'orphan', spanId: 'x', parentSpanId: 'nobody' }),
      makeSpan({ key: 'grandchild', spanId: 'd', parentSpanId: 'c' }),
    ];
    assert.deepEqual(outline(nestSpans(spans)), [['root', ['late child', 'grandchild']], 'orphan']);
  });

  it('are all shown when their parents run in a circle', () => {
    const spans = [
      makeSpan({ key: 'a', spanId: '1', parentSpanId: '2' }),
      makeSpan({ key: 'b', spanId: '2', parentSpanId: '1' }),
      makeSpan({ key: 'self', spanId: '3', parentSpanId: '3' }),
    ];
    const keys = JSON.stringify(outline(nestSpans(spans)));
    assert.deepEqual(
      ['a', 'b', 'self'].filter(key => !keys.includes(`"${key}"`)),
      [],
    );
  });
});

describe('the row of a file', () => {
  it('says format, records and that it is live', () => {
    assert.equal(toFileRow(makeFile('a.jsonl')).description, 'OpenAI chat · 118 records · live');
  });

  it('says why a file is no log or cannot be read', () => {
    const notALog = toFileRow(
      makeFile('notes.json', { state: 'notALog', message: 'a package manifest' }),
    );
    assert.equal(notALog.description, 'a package manifest');
    assert.equal(notALog.tone, 'muted');
    assert.equal(toFileRow(makeFile('x', { state: 'unreadable' })).description, 'cannot be read');
  });

  it('gives each skipped line its reason', () => {
    const skipped = {
      file: '/logs/a',
      offset: 0,
      length: 3,
      line: 88,
      reason: 'not JSON: cut off at byte 412',
    };
    const row = toSkippedRow(skipped);
    assert.equal(row.label, 'line 88');
    assert.equal(row.description, 'not JSON: cut off at byte 412');
  });

  it('says how far a long file was read, and that its end is shown already', () => {
    const parts = { sizeBytes: 200, pendingBytes: 132, previewed: 9 };
    const row = (state: FileStatus['state'], previewed = 9): string | undefined =>
      toFileRow(makeFile('a.jsonl', { ...parts, state, previewed })).description;
    const about = 'OpenAI chat · 118 records';
    assert.equal(row('reading'), `${about} · 34 % read, newest shown`);
    assert.equal(row('reading', 0), `${about} · reading`);
    assert.equal(row('stopped'), `${about} · stopped at 34 %`);
  });

  it('leaves out the lines of a trace that are not known yet', () => {
    const place = (firstLine: number | undefined, lastLine = firstLine): string =>
      linesLabel({ file: '/logs/a', firstLine, lastLine });
    assert.deepEqual([place(undefined), place(12), place(12, 20)], ['', ':12', ':12-20']);
  });

  it('names the byte of a skipped line as long as its number is unknown', () => {
    const place = { file: '/logs/a', offset: 12_345, length: 3, line: undefined };
    assert.equal(toSkippedRow({ ...place, reason: 'no' }).label, 'byte 12,345');
  });

  it('gathers files whose names differ in digits only', () => {
    const names = [
      'llm.jsonl',
      ...['1', '2', '3', '4'].map(at => `debug_conversation_2026100${at}_081205.json`),
    ];
    const entries = groupFiles(names.map(name => makeFile(name)));
    assert.deepEqual(
      entries.map(entry =>
        entry.kind === 'group' ? [entry.pattern, entry.files.length] : entry.file.name,
      ),
      ['llm.jsonl', ['debug_conversation_*.json', 4]],
    );
  });
});

describe('what stands above the findings', () => {
  it('says how much of them is known, and nothing when that is all', () => {
    const text = (share: number, isComparing: boolean) => toShareMessage({ share, isComparing });
    assert.equal(text(0.276, true), 'Of 27 % of the traces so far, the newest first');
    assert.equal(text(1, true), 'Calls are compared with one another: more may come');
    assert.equal(text(1, false), '');
  });
});

describe('the hover of a category of findings', () => {
  const group = {
    category: 'rate_limit',
    title: 'Rate limit reached',
    severity: 'error',
    isFailure: true,
    count: 12,
    firstTime: now - 3_600_000,
    latestTime: now,
  } as const;

  it('says how many, from when to when, and of which models', () => {
    const models = Array.from({ length: 10 }, (_, index) => `model-${index}`);
    const text = toFindingGroupHover({ ...group, models })
      .flat()
      .join('\n');
    assert.match(text, /^Rate limit reached\n12 findings, error\nfirst .*14:00.* last .*15:00/);
    assert.match(text, /model-7 and 2 more$/);
  });

  it('says nothing of what the log does not say', () => {
    const { firstTime: _first, latestTime: _latest, ...timeless } = group;
    assert.deepEqual(toFindingGroupHover({ ...timeless, models: [] }), [
      ['Rate limit reached', '12 findings, error'],
      [],
    ]);
  });
});

describe('how far the logs were read', () => {
  const million = 1_000_000;
  function makeSource(parts: Partial<SourceStatus>): SourceStatus {
    return {
      path: '/logs',
      kind: 'folder',
      state: 'live',
      files: 1,
      sizeBytes: 268 * million,
      records: 1,
      skipped: 0,
      progress: undefined,
      unreadBytes: 0,
      previewed: 0,
      ...parts,
    };
  }
  const reading = makeSource({
    state: 'reading',
    progress: 0.34,
    unreadBytes: 176 * million,
    previewed: 100,
  });

  it('is told of sources of which much is still to be read', () => {
    assert.deepEqual(toReadingState([reading, makeSource({})]), {
      state: 'reading',
      short: '34 % read',
      message: 'The newest calls are shown; 34 % of 268 MB read',
    });
    const plain = toReadingState([{ ...reading, previewed: 0 }]);
    assert.equal(plain?.message, '34 % of 268 MB read');
    assert.equal(
      toSourceRow(reading, 'logs').description,
      '34 % read, newest shown · 1 file · 268 MB',
    );
  });

  it('is not told when all is read, or will be before one has read it', () => {
    assert.equal(toReadingState([makeSource({})]), undefined);
    assert.equal(toReadingState([{ ...reading, unreadBytes: 5 * million }]), undefined);
  });

  it('says that calls are missing where somebody stopped it', () => {
    const stopped = { ...reading, state: 'stopped' as const };
    assert.deepEqual(toReadingState([stopped]), {
      state: 'stopped',
      short: 'stopped at 34 %',
      message: 'Reading was stopped at 34 % of 268 MB: calls are missing',
    });
    assert.equal(toSourceRow(stopped, 'logs').description, 'stopped at 34 % · 1 file · 268 MB');
  });
});
