import assert from 'node:assert/strict';
import { FilterRun } from '../../../src/engine/queries/filterRun';
import { ContentSearch } from '../../../src/engine/search/contentSearch';
import { Memory } from './builders';

describe('what a filter has found', () => {
  let memory: Memory;
  let search: ContentSearch;
  beforeEach(() => {
    memory = new Memory();
    search = new ContentSearch({
      core: memory.core,
      threadFile: undefined,
      mappings: () => [],
      onNews: () => {},
      onProblem: problem => assert.fail(problem),
    });
  });
  afterEach(() => search.dispose());

  it('counts calls as they are counted everywhere: without those around others', async () => {
    const { core } = memory;
    const run = new FilterRun('status:error', core, search, () => {});
    try {
      const call = { traceId: 't', startTime: 1000, durationMs: 100, inputTokens: 3 };
      memory.call('/a.jsonl', { ...call, spanId: 'outer', durationMs: 300, status: 'error' });
      memory.call('/a.jsonl', { ...call, spanId: '1', parentSpanId: 'outer', status: 'error' });
      memory.call('/a.jsonl', { ...call, spanId: '2', parentSpanId: 'outer', status: 'ok' });
      await run.settle();
      // of the other trace only the call around fails
      memory.call('/a.jsonl', {
        ...call,
        traceId: 'u',
        spanId: 'u',
        durationMs: 300,
        status: 'error',
      });
      memory.call('/a.jsonl', {
        ...call,
        traceId: 'u',
        spanId: 'u1',
        parentSpanId: 'u',
        status: 'ok',
      });
      assert.deepEqual(run.counts, { calls: 1, ofCalls: 2 });
      await run.settle();
      assert.deepEqual(run.counts, { calls: 2, ofCalls: 3 });
      const traces = core.traces.groups().map(group => core.traces.traceOf(group));
      assert.deepEqual(
        traces
          .map(({ calls, errors }) => ({ calls, errors }))
          .toSorted((one, other) => one.calls - other.calls),
        [
          { calls: 1, errors: 1 },
          { calls: 2, errors: 1 },
        ],
      );
    } finally {
      run.stop();
    }
  });

  it('holds no span that is gone, before its trace has been looked at again', async () => {
    const { core } = memory;
    const run = new FilterRun('status:ok', core, search, () => {});
    try {
      memory.call('/a.jsonl', { traceId: 't', spanId: '1' });
      memory.call('/b.jsonl', { traceId: 't', spanId: '2' });
      await run.settle();
      const [group] = run.traces();
      assert.ok(group);
      assert.equal(run.headsOf(group).length, 2);
      memory.forget('/a.jsonl');
      const names = run.headsOf(group).map(head => core.reader.read(head).spanId);
      assert.deepEqual(names, ['2']);
      memory.forget('/b.jsonl');
      assert.deepEqual(run.traces(), []);
      assert.deepEqual(run.headsOf(group), []);
    } finally {
      run.stop();
    }
  });
});
