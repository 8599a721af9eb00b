import type { SpanPatch } from '../../model/span';
import { answerOnly, saysAnything, toolBodies } from '../fields/bodies';
import { toError } from '../fields/errors';
import { type Fields, isFields, toId, toLabel, toNumber, toText } from '../fields/values';
import { callPart, calledTool, failedWith, isResult, itemMessages, resultPart } from './items';
import type { RolloutState } from './rolloutState';
import { isNothing, type TokenCount } from './tokens';

interface Piece {
  readonly id: string;
  readonly sentAt: number | undefined;
}

/** A piece of a response: one item that the model made. */
export function readOutputItem(
  item: Fields,
  time: number | undefined,
  piece: Piece,
  state: RolloutState,
): SpanPatch[] {
  const tool = calledTool(item);
  const call: SpanPatch = {
    ...readPiece(time, piece, state),
    toolCallNames: tool ? [tool.name] : [],
    hasOutput: saysAnything(itemMessages(item)),
    content: () => answerOnly(itemMessages(item)),
  };
  if (tool?.id === undefined) {
    return [call];
  }
  const start: SpanPatch = {
    ...readTool(tool.id, tool.name, state),
    part: 'start',
    parentSpanId: piece.id,
    startTime: time,
    status: 'unknown',
    hasInput: true,
    content: () => toolBodies(callPart(item), undefined),
  };
  return [call, start];
}

export function readTokens(
  { usage, total }: TokenCount,
  time: number | undefined,
  piece: Piece,
  state: RolloutState,
): SpanPatch {
  return {
    ...readPiece(time, piece, state),
    // a count of nothing, written when a session begins, is no response
    kind: isNothing(total ?? usage) ? 'event' : 'call',
    usage,
  };
}

export function readResult(
  item: Fields,
  time: number | undefined,
  state: RolloutState,
): SpanPatch[] {
  const id = toId(item['call_id']);
  if (id === undefined || !isResult(item) || item['type'] === 'tool_search_output') {
    return [];
  }
  const failure = failedWith(item);
  const known = state.tools.get(id);
  return [
    {
      ...readTool(id, known?.name ?? 'tool', state),
      part: 'end',
      parentSpanId: known?.spanId,
      endTime: time,
      status: failure === undefined ? 'ok' : 'error',
      error: failure === undefined ? undefined : toError(failure),
      hasOutput: true,
      content: () => toolBodies(undefined, resultPart(item)),
    },
  ];
}

/** A turn that ended because a request failed. The same failure stands in two events. */
export function readTurnError(
  payload: Fields,
  time: number | undefined,
  state: RolloutState,
): SpanPatch {
  const inner = isFields(payload['error']) ? payload['error'] : payload;
  const message = toText(inner['message'] ?? payload['message'] ?? payload['error'] ?? 'failed');
  const info = inner['codex_error_info'] ?? inner['kind'] ?? inner['code'];
  const detail = isFields(info) ? Object.values(info)[0] : undefined;
  const type = toLabel(isFields(info) ? Object.keys(info)[0] : info);
  const status = isFields(detail) ? toNumber(detail['http_status_code']) : undefined;
  const isHttp = status !== undefined && status >= 400 && status <= 599;
  return {
    identity: state.traceId === undefined ? undefined : `message:${state.traceId}/error`,
    part: 'update',
    kind: 'call',
    name: 'chat',
    traceId: state.traceId,
    sessionId: state.sessionId,
    provider: state.provider,
    model: state.model,
    startTime: time,
    status: 'error',
    error: toError(message, type, isHttp ? status : undefined),
    hasInput: state.hasInput,
    hasOutput: false,
  };
}

/** A request that failed and is tried again. */
export function readRetry(
  payload: Fields,
  time: number | undefined,
  state: RolloutState,
): SpanPatch {
  return {
    part: 'whole',
    kind: 'event',
    name: 'retry',
    traceId: state.traceId,
    sessionId: state.sessionId,
    startTime: time,
    status: 'error',
    error: toError(toText(payload['message'] ?? 'stream error')),
    hasInput: false,
    hasOutput: false,
  };
}

function readPiece(time: number | undefined, piece: Piece, state: RolloutState): SpanPatch {
  return {
    identity: `message:${piece.id}`,
    part: 'update',
    kind: 'call',
    name: 'chat',
    traceId: state.traceId,
    spanId: piece.id,
    sessionId: state.sessionId,
    provider: state.provider,
    model: state.model,
    startTime: piece.sentAt ?? time,
    // without the time at which it was sent there is no duration
    endTime: piece.sentAt === undefined ? undefined : time,
    status: 'ok',
    hasInput: state.hasInput,
    hasOutput: false,
  };
}

function readTool(id: string, name: string, state: RolloutState): SpanPatch {
  return {
    identity: `tool:${id}`,
    part: 'update',
    kind: 'tool',
    name,
    traceId: state.traceId,
    spanId: id,
    sessionId: state.sessionId,
    status: 'unknown',
    hasInput: false,
    hasOutput: false,
  };
}
