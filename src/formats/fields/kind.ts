import type { SpanKind } from '../../model/span';
import { operationAliases, recordNameAliases } from './aliases';
import { eventName } from './eventName';
import { type Fields, firstOf, paths, toLabel } from './values';

const kindPaths = paths('type kind span_kind run_type event_type record_type');
const namePaths = [...recordNameAliases, ...kindPaths];
const kinds: ReadonlyMap<string, SpanKind> = new Map([
  ['embedding', 'embedding'],
  ['embeddings', 'embedding'],
  ['tool', 'tool'],
  ['tool_call', 'tool'],
  ['tool_use', 'tool'],
  ['tool_result', 'tool'],
  ['execute_tool', 'tool'],
  ['agent', 'agent'],
  ['retriever', 'retrieval'],
  ['retrieval', 'retrieval'],
  ['chain', 'chain'],
  ['workflow', 'chain'],
]);
/** `tool_end`, `on_tool_error`, `tool.execution`: the run of a tool. */
const toolName =
  /^(?:on[_.\s-])?(?:tool|function)s?[_.\s-](?:call|use|run|exec|execution|invocation|result|output|response|end|error|start|started|ended|called|executed|completed|finished|failed|invoked)s?(?:[_.\s-](?:end|ended|completed|finished|result|failed))?$/i;
/** `agent_end`, `workflow_completed`: what made calls, with their sums. */
const wholeName =
  /^(?:on[_.\s-])?(agent|workflow|pipeline|session|run|crew|graph|chain)[_.\s-](?:run[_.\s-]|execution[_.\s-])?(?:start|started|end|ended|complete|completed|finish|finished|done|success|succeeded|failed|error)$/i;
/** Says which half of a call a record is, not what was done. */
const phaseName = /^(?:request|response|prompt|input|output|in|out|sent|received)$/i;

/** Embedding models say so in their name, and few logs say it anywhere else. */
export function isEmbeddingModel(model: string | undefined): boolean {
  return model !== undefined && /embed/i.test(model);
}

/** `message` is the logger's, when one wrote the record. */
export function readKind(fields: Fields, model: string | undefined, message?: string): SpanKind {
  const said = firstOf(fields, kindPaths, value =>
    typeof value === 'string' ? kinds.get(value) : undefined,
  );
  if (said !== undefined) {
    return said;
  }
  const name = eventName(fields, message) ?? '';
  if (toolName.test(name)) {
    return 'tool';
  }
  const whole = wholeName.exec(name)?.[1]?.toLowerCase();
  if (whole !== undefined) {
    return whole === 'agent' ? 'agent' : 'chain';
  }
  const operation = firstOf(fields, operationAliases, toLabel);
  const isEmbedding = operation === 'embedding' || operation === 'embeddings';
  return isEmbedding || isEmbeddingModel(model) ? 'embedding' : 'call';
}

/** What the app calls the step; else the event, unless the logger's message is a sentence. */
export function readName(fields: Fields, message: string | undefined): string | undefined {
  const operation = firstOf(fields, operationAliases, toLabel);
  if (operation !== undefined) {
    return operation;
  }
  if (message === undefined) {
    return firstOf(fields, namePaths, toName);
  }
  return /^[\w.-]{1,80}$/.test(message) ? toName(message) : undefined;
}

function toName(value: unknown): string | undefined {
  const label = toLabel(value);
  return label === undefined || phaseName.test(label) ? undefined : label;
}
