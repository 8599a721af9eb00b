import type { SpanPatch } from '../../model/span';
import { toTime } from '../fields/time';
import { type Fields, isFields, toId, toLabel, toNumber } from '../fields/values';
import type { JsonFormat } from '../format';
import { readStep } from './step';

/** Runs inside runs that are followed to the outermost one. */
const maxNesting = 100;

/**
 * What the AI SDK's devtools keep in `.devtools/generations.json`, written anew with every step.
 * https://github.com/vercel/ai/blob/main/packages/devtools/src/db.ts
 */
export const aiSdkDevtools: JsonFormat = {
  id: 'ai-sdk-devtools',
  title: 'Vercel AI SDK devtools',
  docs: {
    schema: 'https://github.com/vercel/ai/blob/main/packages/devtools/src/db.ts',
    writtenBy: '`@ai-sdk/devtools` into `.devtools/generations.json`',
    recognisedBy: '`runs` and `steps` with `run_id` and `step_number`',
    notes:
      'A step is a call, a run with several steps an agent. An empty usage is unknown; the figures are then looked for in what the provider sent. A step without duration and output is running.',
  },
  container: 'json',
  matches: record =>
    isFields(record) &&
    Array.isArray(record['runs']) &&
    Array.isArray(record['steps']) &&
    (isStep(record['steps'][0]) || (record['steps'].length === 0 && isRun(record['runs'][0]))),
  read: record => ({ spans: isFields(record) ? readDatabase(record) : [] }),
};

function isStep(value: unknown): boolean {
  return isFields(value) && 'run_id' in value && 'step_number' in value;
}

function isRun(value: unknown): boolean {
  return isFields(value) ? 'started_at' in value : value === undefined;
}

function readDatabase(database: Fields): readonly SpanPatch[] {
  const [runs = [], steps = []] = [database['runs'], database['steps']].map(list =>
    Array.isArray(list) ? list.filter(isFields) : [],
  );
  const byId = new Map(runs.map(run => [run['id'], run]));
  const stepsOf = new Map<unknown, Fields[]>();
  for (const step of steps) {
    const known = stepsOf.get(step['run_id']);
    if (known) {
      known.push(step);
    } else {
      stepsOf.set(step['run_id'], [step]);
    }
  }
  const shown = runs.flatMap(run => readRun(run, stepsOf.get(run['id']) ?? [], byId));
  const shownIds = new Set(shown.map(span => span.spanId));
  return [
    ...shown,
    ...steps.map(step => {
      const runId = toId(step['run_id']);
      return readStep(step, {
        traceId: rootOf(step['run_id'], byId),
        parentSpanId: shownIds.has(runId) ? runId : undefined,
        functionId: toLabel(byId.get(step['run_id'])?.['function_id']),
      });
    }),
  ];
}

/** A run of one step says nothing that the step does not say, unless it has a name or is inside another. */
function readRun(
  run: Fields,
  steps: readonly Fields[],
  byId: ReadonlyMap<unknown, Fields>,
): readonly SpanPatch[] {
  const id = toId(run['id']);
  const name = toLabel(run['function_id']);
  const parentSpanId = toId(run['parent_step_id']);
  if (id === undefined || (steps.length < 2 && name === undefined && parentSpanId === undefined)) {
    return [];
  }
  const ends = steps.flatMap(step => {
    const start = toTime(step['started_at']);
    const duration = toNumber(step['duration_ms']);
    return start === undefined || duration === undefined ? [] : [start + duration];
  });
  const traceId = rootOf(run['id'], byId);
  return [
    {
      identity: `span:${traceId ?? ''}/${id}`,
      part: 'whole',
      kind: 'agent',
      name: name ?? 'run',
      traceId,
      spanId: id,
      parentSpanId,
      startTime: toTime(run['started_at']),
      endTime: ends.length === 0 ? undefined : ends.reduce((one, other) => Math.max(one, other)),
      status: ends.length > 0 && ends.length === steps.length ? 'ok' : 'unknown',
      hasInput: false,
      hasOutput: false,
    },
  ];
}

/** The outermost run: a tool may call the SDK again. */
function rootOf(runId: unknown, byId: ReadonlyMap<unknown, Fields>): string | undefined {
  let root = runId;
  for (let level = 0; level < maxNesting; level += 1) {
    const parent: unknown = byId.get(root)?.['parent_run_id'];
    if (typeof parent !== 'string' || !byId.has(parent)) {
      break;
    }
    root = parent;
  }
  return toId(root);
}
