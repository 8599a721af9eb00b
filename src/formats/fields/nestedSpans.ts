import type { SpanPatch } from '../../model/span';
import { readCall } from './call';
import { callFieldsOf } from './callFields';
import { readIds } from './identity';
import { looksLikeCall } from './looksLikeCall';
import { byKeys } from './shape';
import { type Fields, isFields, paths, toLabel, firstOf } from './values';

const stepName = paths('name module step tool operation type');
/** What people call the list of what a run was made of. */
const lists =
  `spans steps calls llm_calls llmCalls model_calls generations observations interactions events children nodes
  turns trajectory trace iterations`.split(/\s+/);
/** Levels of steps within steps, and steps of one record. */
const maxDepth = 5;
const maxSteps = 20_000;

/**
 * A whole trace in one record: an outer step with its steps in `spans`, `llm_calls` and the like. The steps get the ids that
 * they lack, made of the trace's id and their place in the list; without an id of the trace they stand alone. undefined when
 * it is not such a record.
 */
export function readNestedSpans(record: Fields): readonly SpanPatch[] | undefined {
  const steps = stepsOf(record);
  if (steps.length === 0 || !steps.some(step => holdsCall(step, 1))) {
    return undefined;
  }
  const ids = readIds(record);
  const traceId = ids.traceId ?? ids.requestId ?? ids.sessionId;
  if (traceId === undefined) {
    return steps.filter(step => looksLikeCall(step)).map(step => readCall(step));
  }
  const rootId = ids.spanId ?? traceId;
  const root = readCall(record);
  const spans: SpanPatch[] = [
    {
      ...root,
      identity: `span:${traceId}/${rootId}`,
      part: 'whole',
      // its tokens are the sums of its steps
      kind: 'chain',
      name: root.name === 'call' ? 'trace' : root.name,
      traceId,
      spanId: rootId,
    },
  ];
  addSteps(spans, steps, { traceId, parentId: rootId, sessionId: ids.sessionId, depth: 1 });
  return spans;
}

interface Place {
  readonly traceId: string;
  readonly parentId: string;
  readonly sessionId: string | undefined;
  readonly depth: number;
}

const nothing: readonly Fields[] = [];
const listsIn = byKeys(keys => lists.filter(name => keys.includes(name)));

function stepsOf(record: Fields): readonly Fields[] {
  const names = listsIn(record);
  if (!names.some(name => Array.isArray(record[name]))) {
    return nothing;
  }
  return names
    .flatMap(name => (Array.isArray(record[name]) ? record[name] : []))
    .filter(isFields)
    .map(step => callFieldsOf(step));
}

function holdsCall(step: Fields, depth: number): boolean {
  return (
    looksLikeCall(step) ||
    (depth < maxDepth && stepsOf(step).some(inner => holdsCall(inner, depth + 1)))
  );
}

function addSteps(spans: SpanPatch[], steps: readonly Fields[], place: Place): void {
  for (const [index, step] of steps.entries()) {
    if (spans.length >= maxSteps) {
      return;
    }
    const patch = readStep(step, place, index);
    spans.push(patch);
    const inner = place.depth < maxDepth ? stepsOf(step) : [];
    if (inner.length > 0) {
      addSteps(spans, inner, {
        ...place,
        parentId: patch.spanId ?? place.parentId,
        depth: place.depth + 1,
      });
    }
  }
}

function readStep(
  step: Fields,
  { traceId, parentId, sessionId, depth }: Place,
  index: number,
): SpanPatch {
  const patch = readCall(step);
  const spanId = patch.spanId ?? patch.requestId ?? `${parentId}/${index}`;
  const isWhole = depth < maxDepth && stepsOf(step).some(inner => holdsCall(inner, depth + 1));
  const isCall = looksLikeCall(step) && !isWhole;
  return {
    ...patch,
    identity: `span:${traceId}/${spanId}`,
    part: 'whole',
    kind: (patch.kind === 'call' || patch.kind === 'event') && !isCall ? 'chain' : patch.kind,
    name: firstOf(step, stepName, toLabel) ?? patch.name,
    traceId,
    spanId,
    parentSpanId: patch.parentSpanId ?? parentId,
    sessionId: patch.sessionId ?? sessionId,
  };
}
