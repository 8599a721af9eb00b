import assert from 'node:assert/strict';
import path from 'node:path';
import { createEngine } from '../../../src/engine/createEngine';
import type { Engine } from '../../../src/engine/engine';
import { assertGolden } from '../formats/golden';
import { traceTree } from './traceTree';

const app = path.resolve('test/fixtures/seed-app');
/** The other conversations of the same app. */
const conversations = path.resolve('test/fixtures/cli/conversations');

describe('the logs of the seed app', () => {
  let engine: Engine;

  before(async () => {
    engine = createEngine({ final: true });
    await engine.handlers.addSource({ path: app });
    await engine.handlers.addSource({ path: conversations });
    await engine.handlers.whenIdle({});
  });

  after(() => engine.dispose());

  it('have 340 calls: 310 logged in two files, and 30 saved conversations of other calls', async () => {
    const stats = await engine.handlers.getStats({});
    assert.equal(stats.calls, 340);
    assert.equal(stats.errors, 19);
    assert.equal(stats.inputTokens, 55_778);
    assert.equal(stats.outputTokens, 39_962);
    assert.equal(stats.auditEntries, 329);
    assert.equal(stats.skippedRecords, 0);
    const spans = [...engine.spans()];
    assert.equal(spans.filter(span => span.format === 'debug-conversation').length, 30);
    assert.equal(spans.filter(span => span.sources.length === 2).length, 209);
  });

  it('have 15 errors that interrupted a trace, and 4 without a neighbour', async () => {
    const errors = await engine.matchingSpans('status:error');
    const joined = errors.filter(span => span.join === 'inferred');
    assert.equal(joined.length, 15);
    assert.ok(
      joined.every(span => span.traceKey.startsWith('trace:') && span.traceId === undefined),
    );
    const others = errors.filter(span => span.join === 'alone');
    assert.equal(others.length, 4);
  });

  it('show what a tool was asked, and how to record the text that is missing', async () => {
    const key = 'request:2c4a3698-aa2c-41af-aa10-7b75677f6cbd';
    const detail = await engine.handlers.getSpan({ key });
    assert.deepEqual(detail?.content?.outputMessages, [
      {
        role: 'assistant',
        parts: [
          {
            type: 'toolCall',
            id: undefined,
            name: 'lookup_order',
            arguments: { order_id: 66_228, note: 'reset my password' },
          },
        ],
      },
    ]);
    assert.equal(detail.span.hasInput, false);
    assert.ok(detail.recordingHint);
  });

  it('show their audit entries with the trace that caused them', async () => {
    const span = [...engine.spans()].find(({ startTime }) => startTime !== undefined);
    const detail = await engine.handlers.getTrace({ traceKey: span?.traceKey ?? '' });
    assert.deepEqual(
      detail?.audit.map(entry => [entry.action, entry.userId, entry.resource, entry.source.line]),
      [
        ['query', 'u031', 'claude-sonnet-4-5', 1],
        ['data_access', 'u031', 'kb', 2],
      ],
    );
    assert.equal(typeof detail.audit[0]?.details, 'object');
  });

  it('count each group of each kind once', async () => {
    const range = { start: 0, end: 1000 };
    const models = await engine.handlers.listGroups({ groupBy: 'model', ...range });
    const calls = models.items.reduce((sum, group) => sum + group.calls, 0);
    const errors = models.items.reduce((sum, group) => sum + group.errors, 0);
    assert.deepEqual([models.total, calls, errors], [4, 340, 19]);
    for (const group of models.items) {
      const traces = await engine.handlers.listTraces({
        groupBy: 'model',
        group: group.id,
        ...range,
      });
      assert.equal(traces.total, group.traces);
    }
    const days = await engine.handlers.listGroups({ groupBy: 'day', ...range });
    assert.equal(
      days.items.reduce((sum, group) => sum + group.calls, 0),
      340,
    );
    const times = days.items.map(group => group.latestTime ?? 0);
    assert.deepEqual(
      times,
      times.toSorted((one, other) => other - one),
    );
    const files = await engine.handlers.listGroups({ groupBy: 'file', ...range });
    const structlog = files.items.find(group => group.label === 'structlog.jsonl');
    assert.equal(structlog?.calls, 310);
    const sessions = await engine.handlers.listGroups({ groupBy: 'session', ...range });
    assert.deepEqual(
      sessions.items.map(group => [group.label, group.calls]),
      [['No session', 340]],
    );
  });

  it('have their errors among the findings, by category, latest first', async () => {
    const { groups } = await engine.handlers.listFindingGroups({});
    const errors = groups.filter(({ severity }) => severity === 'error' || severity === 'critical');
    assert.equal(
      errors.reduce((sum, group) => sum + group.count, 0),
      19,
    );
    const [first] = groups;
    assert.ok(first);
    const page = await engine.handlers.listFindings({ category: first.category, start: 0, end: 3 });
    assert.equal(page.total, first.count);
    assert.equal(page.items[0]?.time, first.latestTime);
    assert.ok(page.items[0]?.diagnostic.fixes.length);
    const span = await engine.handlers.getSpan({ key: page.items[0]?.spanKey ?? '' });
    assert.equal(span?.diagnosis?.category, first.category);
  });

  it('find a call by its words, also by words that are only on disk', async () => {
    const calls = async (filter: string) => (await engine.handlers.countMatches({ filter })).calls;
    assert.equal(await calls('status:error'), 19);
    const talking = await calls('"cancel the SUBSCRIPTION 😡"');
    assert.ok(talking > 0 && talking < 340, String(talking));
    assert.equal(await calls('"cancel the SUBSCRIPTION 😡" status:error'), 1);
    assert.equal(await calls('completion_tokens'), 0);
    assert.equal(await calls('"words that nobody wrote"'), 0);
    const problem = await engine.handlers.countMatches({ filter: 'status:errror' });
    assert.ok(problem.problem);
    assert.equal(problem.calls, 0);
  });

  it('make this tree of traces', async () => {
    await engine.handlers.getStats({});
    assertGolden(path.resolve('test/fixtures/golden/engine/seed-app.txt'), await traceTree(engine));
  });
});
