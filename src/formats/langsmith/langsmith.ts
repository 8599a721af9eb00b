import type { SpanPatch } from '../../model/span';
import { outerSpans, type TreeRow } from '../fields/outerSpans';
import { type Fields, isFields } from '../fields/values';
import type { JsonFormat } from '../format';
import { kindOfRunType, readRun } from './run';
import { readRunIds, type RunIds } from './runIds';

/** Levels of `child_runs` that are read; a hostile log nests without end. */
const maxDepth = 100;

/** LangSmith: exported runs, LangChain's tracer, and the batches that the SDKs send. */
export const langsmith: JsonFormat = {
  id: 'langsmith',
  title: 'LangSmith / LangChain runs',
  docs: {
    schema: 'https://github.com/langchain-ai/langsmith-sdk/blob/main/js/src/schemas.ts',
    writtenBy:
      'LangSmith exports (rows, or runs with `child_runs`), LangChain tracers, and ingest batches of the LangSmith SDKs',
    recognisedBy: '`run_type` with `inputs`, or `dotted_order`; `post` and `patch` lists of those',
    notes:
      'A `post` and the `patch` of the same run are one span. The thread comes from the metadata: `session_id` of a run is its project. A model run inside another is the call, the outer one is not.',
  },
  container: 'json',
  matches: isLangsmith,
  read: record => ({ spans: readRecord(record) }),
};

function isRun(value: unknown): boolean {
  if (!isFields(value)) {
    return false;
  }
  const type = value['run_type'];
  const isTyped = typeof type === 'string' && kindOfRunType.has(type) && 'inputs' in value;
  return isTyped || isOrdered(value['dotted_order']);
}

function isOrdered(order: unknown): boolean {
  return typeof order === 'string' && /^\d{8}T\d{6,12}Z/.test(order);
}

function isLangsmith(record: unknown): boolean {
  if (Array.isArray(record)) {
    return isRun(record[0]);
  }
  return (
    isFields(record) &&
    (isRun(record) ||
      isRun(record['run']) ||
      [record['runs'], record['post'], record['patch']].some(
        list => Array.isArray(list) && isRun(list[0]),
      ))
  );
}

function readRecord(record: unknown): readonly SpanPatch[] {
  if (Array.isArray(record)) {
    return readRuns(record.filter(isFields));
  }
  if (!isFields(record)) {
    return [];
  }
  if (isRun(record)) {
    return readRuns([record]);
  }
  const { run } = record;
  if (isFields(run)) {
    return readRuns([{ ...run, child_runs: run['child_runs'] ?? record['child_runs'] }]);
  }
  const [runs, posted, patched] = ['runs', 'post', 'patch'].map(name => listOf(record[name]));
  const outer = outerSpans((posted ?? []).map(item => treeRow(item, undefined)));
  return [
    ...readRuns(runs ?? []),
    ...(posted ?? []).map(item =>
      readRun(item, {
        part: isWhole(item) ? 'whole' : 'start',
        isOuter: outer.has(readRunIds(item).id ?? ''),
      }),
    ),
    ...(patched ?? []).map(item => readRun(item, { part: isWhole(item) ? 'end' : 'update' })),
  ];
}

/** A run that was sent when it was over. */
function isWhole(item: Fields): boolean {
  return typeof item['error'] === 'string' || (item['end_time'] ?? undefined) !== undefined;
}

interface PlacedRun {
  readonly run: Fields;
  readonly outer: RunIds | undefined;
}

function readRuns(roots: readonly Fields[]): readonly SpanPatch[] {
  const all = flatten(roots, undefined, 0);
  const outer = outerSpans(all.map(({ run, outer: around }) => treeRow(run, around)));
  return all.map(({ run, outer: around }) =>
    readRun(run, {
      part: 'run_type' in run ? 'whole' : 'end',
      outer: around,
      isOuter: outer.has(readRunIds(run, around).id ?? ''),
    }),
  );
}

function treeRow(run: Fields, around: RunIds | undefined): TreeRow {
  const { id, parentId } = readRunIds(run, around);
  return { id, parentId, isCall: run['run_type'] === 'llm' };
}

function flatten(runs: readonly Fields[], outer: RunIds | undefined, depth: number): PlacedRun[] {
  if (depth > maxDepth) {
    return [];
  }
  return runs.flatMap(run => [
    { run, outer },
    ...flatten(listOf(run['child_runs']), readRunIds(run, outer), depth + 1),
  ]);
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}
