import type { SpanContent } from '../../../model/message';
import type { SpanError, SpanPatch } from '../../../model/span';
import type { Usage } from '../../../model/usage';
import { withoutZeros } from '../../fields/call';
import { toDurationMs } from '../../fields/duration';
import { toError } from '../../fields/errors';
import { toId } from '../../fields/values';
import { readLoggedCost, readSpanTags } from '../facts';
import { httpStatus } from '../spanError';
import type { LogData } from './logData';

/** What the events of coding agents say differently of a call. */
export interface ProgramCall {
  readonly identity?: string | undefined;
  /** Groups what one prompt of the user caused, when the log has no trace. */
  readonly promptId?: string | undefined;
  readonly provider?: string | undefined;
  readonly usage?: Usage | undefined;
  readonly error?: SpanError | undefined;
  readonly finishReason?: string | undefined;
  readonly toolCallNames?: readonly string[] | undefined;
  readonly hasInput?: boolean | undefined;
  readonly hasOutput?: boolean | undefined;
  readonly content?: (() => SpanContent) | undefined;
}

export const noContent: SpanContent = {
  inputMessages: [],
  outputMessages: [],
  tools: [],
  params: {},
};

/**
 * A call that a program tells in a log record of its own when it is over: names of its attributes have no prefix, durations
 * are `duration_ms`.
 */
export function readProgramCall(log: LogData, call: ProgramCall): SpanPatch {
  const { attributes } = log;
  return {
    ...commonFacts(log, call.promptId),
    // the span that was open is the call itself, or what it was made for
    ...(call.identity?.startsWith('span:') === true
      ? { spanId: log.spanId, parentSpanId: undefined }
      : {}),
    identity: call.identity,
    part: call.identity === undefined ? 'whole' : 'update',
    kind: 'call',
    name: 'chat',
    requestId: toId(attributes.first('request_id', 'gen_ai.response.id')),
    provider: call.provider,
    model: attributes.label('model', 'gen_ai.response.model', 'gen_ai.request.model'),
    timeToFirstTokenMs: toDurationMs(attributes.first('ttft_ms')),
    usage: call.error ? withoutZeros(call.usage) : call.usage,
    loggedCostUsd: attributes.amount('cost_usd') ?? readLoggedCost(asSpan(log)),
    status: call.error ? 'error' : 'ok',
    finishReason: call.finishReason,
    error: call.error,
    toolCallNames: call.toolCallNames ?? [],
    hasInput: call.hasInput ?? false,
    hasOutput: call.hasOutput ?? false,
    content: call.content ?? (() => noContent),
  };
}

/** A tool that a program ran. */
export function readProgramTool(
  log: LogData,
  tool: {
    readonly promptId?: string | undefined;
    readonly identity?: string | undefined;
    readonly content: SpanContent;
  },
): SpanPatch {
  const { attributes } = log;
  const success = attributes.get('success');
  const failed = success === false || success === 'false';
  const error = failed
    ? toError(attributes.text('error', 'error.message', 'error_type') ?? 'success: false')
    : undefined;
  return {
    ...commonFacts(log, tool.promptId),
    identity: tool.identity,
    part: tool.identity === undefined ? 'whole' : 'update',
    kind: 'tool',
    name: attributes.label('tool_name', 'function_name', 'gen_ai.tool.name') ?? 'tool',
    status: error ? 'error' : 'ok',
    error,
    hasInput: tool.content.inputMessages.length > 0,
    hasOutput: tool.content.outputMessages.length > 0,
    content: () => tool.content,
  };
}

/** What a user asked: no call, but the beginning of what follows. */
export function readPrompt(log: LogData, promptId: string | undefined): SpanPatch {
  const text = log.attributes.text('prompt');
  return {
    ...commonFacts(log, promptId),
    part: 'whole',
    kind: 'event',
    name: 'user_prompt',
    durationMs: undefined,
    status: 'ok',
    hasInput: text !== undefined,
    hasOutput: false,
    content: () =>
      text === undefined
        ? noContent
        : { ...noContent, inputMessages: [{ role: 'user', parts: [{ type: 'text', text }] }] },
  };
}

/** The error of a record that tells of a failure. */
export function readProgramError(log: LogData): SpanError {
  const { attributes } = log;
  const type = attributes.label('error.type', 'error_type');
  const message =
    attributes.text('error', 'error.message', 'error_message') ??
    type ??
    'logged as an error, without a message';
  return toError(message, type, httpStatus(attributes, attributes.label('status_code')));
}

export function readLogSession({ attributes, resource }: LogData): string | undefined {
  const names = [
    'session.id',
    'gen_ai.conversation.id',
    'conversation.id',
    'copilot_chat.session_id',
  ];
  return attributes.label(...names) ?? resource.label(...names);
}

/** When the record was written: the program's own clock, which is finer than the exporter's in some. Epoch ms. */
function commonFacts(log: LogData, promptId: string | undefined) {
  const { attributes, time } = log;
  const durationMs = toDurationMs(attributes.first('duration_ms'));
  const sessionId = readLogSession(log);
  const unit =
    sessionId === undefined || promptId === undefined ? undefined : `${sessionId}/${promptId}`;
  return {
    traceId: log.traceId ?? unit,
    parentSpanId: log.spanId,
    sessionId,
    startTime: time === undefined ? undefined : time - (durationMs ?? 0),
    durationMs,
    userId: attributes.label('user.id', 'enduser.id', 'user.account_uuid'),
    tags: readSpanTags(asSpan(log)),
  };
}

function asSpan(log: LogData) {
  return {
    name: '',
    status: 'unset' as const,
    events: [],
    attributes: log.attributes,
    resource: log.resource,
  };
}
