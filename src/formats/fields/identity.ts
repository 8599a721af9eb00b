import type { SpanPatch } from '../../model/span';
import * as aliases from './aliases';
import { type Fields, firstOf, paths, toId, toLabel } from './values';

type Ids = Pick<
  SpanPatch,
  'identity' | 'requestId' | 'traceId' | 'spanId' | 'parentSpanId' | 'sessionId'
>;

/** Characters from which on a bare `id` is unlikely to be a counter that starts again in every file. */
const shortestUniqueId = 8;

/**
 * The ids of a call, and which of them tells it from all others: a field that is called request or call id; a span id
 * within its trace; last a bare `id`, when it is text and long enough not to be a counter. A span id without its trace is
 * none: eight hex digits repeat.
 */
export function readIds(fields: Fields): Ids {
  return isCallbackRun(fields) ? readRunIds(fields) : readOwnIds(fields);
}

/** A record of a LangChain callback, whose `run_id` is the id of that one run, not of a group. */
function isCallbackRun(fields: Fields): boolean {
  const name = firstOf(fields, eventPaths, toLabel) ?? '';
  return (
    typeof fields['run_id'] === 'string' &&
    ('parent_run_id' in fields || /^on_(?:llm|chat_model|tool|chain|retriever|agent)_/.test(name))
  );
}
const eventPaths = paths('event type event_type name');

function readRunIds({ run_id: runId, parent_run_id: parent, ...others }: Fields): Ids {
  const id = toId(runId);
  const own = readOwnIds(others);
  return id === undefined
    ? own
    : { ...own, identity: `request:${id}`, requestId: id, spanId: id, parentSpanId: toId(parent) };
}

function readOwnIds(fields: Fields): Ids {
  const named = firstOf(fields, aliases.requestIdAliases, toId);
  const bare = firstOf(fields, aliases.idAliases, toId);
  const traceId = firstOf(fields, aliases.traceIdAliases, toId);
  const spanId = firstOf(fields, aliases.spanIdAliases, toId);
  return {
    identity: identityOf(named, traceId, spanId, bare),
    requestId: named ?? bare,
    traceId,
    spanId,
    parentSpanId: firstOf(fields, aliases.parentSpanIdAliases, toId),
    sessionId: firstOf(fields, aliases.sessionIdAliases, toId),
  };
}

function identityOf(
  named: string | undefined,
  traceId: string | undefined,
  spanId: string | undefined,
  bare: string | undefined,
): string | undefined {
  if (named !== undefined) {
    return `request:${named}`;
  }
  if (traceId !== undefined && spanId !== undefined) {
    return `span:${traceId}/${spanId}`;
  }
  const isUnique = bare !== undefined && bare.length >= shortestUniqueId && /\D/.test(bare);
  return isUnique ? `request:${bare}` : undefined;
}
