import type { Message } from '../../model/message';
import type { SpanPatch } from '../../model/span';
import type { Usage } from '../../model/usage';
import { answerOnly, calledTools } from '../fields/bodies';
import { withoutZeros } from '../fields/call';
import { toError } from '../fields/errors';
import { readToolCalls, reasoningPart, textPart } from '../fields/parts';
import { toTime } from '../fields/time';
import {
  at,
  type Fields,
  isFields,
  parseJson,
  toCount,
  toLabel,
  toNumber,
  toText,
} from '../fields/values';
import type { FileReader, Reading } from '../format';

/** What is shown of a person's words. */
const userKinds = new Set(['task', 'user_feedback', 'user_feedback_diff']);
/** What is shown of the model's answer, as text. */
const textKinds = new Set(['text', 'completion_result', 'plan_mode_respond', 'followup']);
/** What is shown of a tool that the model asks for. */
const toolKinds = new Set(['tool', 'command', 'use_mcp_server', 'browser_action_launch']);

/** Follows a task: which request an answer is to, and what was said before. */
export class TaskReader implements FileReader {
  #taskId: string | undefined;
  #promptId: string | undefined;
  #callId: string | undefined;
  #hasInput = false;

  read(record: unknown): Reading {
    if (!isFields(record)) {
      return { spans: [] };
    }
    const time = toTime(record['ts']);
    this.#taskId ??= time === undefined ? undefined : `cline-${time}`;
    const kind = kindOf(record);
    if (kind === 'api_req_started') {
      return { ...said([]), spans: [this.#readRequest(record, time)] };
    }
    if (kind === 'api_req_failed') {
      const error = toError(toText(record['text'] ?? 'API request failed'));
      return { spans: [{ ...this.#piece(record, time), status: 'error', error }] };
    }
    const prompt = promptOf(record, kind);
    if (prompt) {
      this.#promptId = time === undefined ? undefined : String(time);
      this.#hasInput = true;
      return said([prompt]);
    }
    const answer = answerOf(record, kind);
    if (!answer) {
      return { spans: [] };
    }
    const piece: SpanPatch = {
      ...this.#piece(record, time),
      toolCallNames: calledTools([answer]),
      hasOutput: true,
      content: () => answerOnly([answer]),
    };
    this.#hasInput = true;
    return { ...said([answer]), spans: [piece] };
  }

  #readRequest(record: Fields, time: number | undefined): SpanPatch {
    this.#callId = `${this.#taskId ?? ''}/${time ?? ''}`;
    const parsed = parseJson(toText(record['text'] ?? ''));
    const request = isFields(parsed) ? parsed : {};
    const failure = toLabel(request['streamingFailedMessage']);
    const cost = toNumber(request['cost']);
    const usage = readTokens(request);
    return {
      ...this.#piece(record, time),
      startTime: time,
      endTime: undefined,
      usage: failure === undefined ? usage : withoutZeros(usage),
      // nothing was counted for a request that failed
      loggedCostUsd: cost !== undefined && (cost > 0 || failure === undefined) ? cost : undefined,
      status: failure === undefined ? 'ok' : 'error',
      finishReason: toLabel(request['cancelReason']),
      error: failure === undefined ? undefined : toError(failure),
    };
  }

  #piece(record: Fields, time: number | undefined): SpanPatch {
    const id = this.#callId ?? `${this.#taskId ?? ''}/start`;
    return {
      identity: `message:${id}`,
      part: 'update',
      kind: 'call',
      name: 'chat',
      traceId:
        this.#taskId === undefined ? undefined : `${this.#taskId}/${this.#promptId ?? 'start'}`,
      spanId: id,
      provider: toLabel(at(record, ['modelInfo', 'providerId'])),
      model: toLabel(at(record, ['modelInfo', 'modelId'])),
      endTime: time,
      status: 'unknown',
      hasInput: this.#hasInput,
      hasOutput: false,
    };
  }
}

function kindOf(record: Fields): string | undefined {
  return toLabel(record['type'] === 'ask' ? record['ask'] : record['say']);
}

/** The task is shown as a text, too: with the list of its images, which an answer has none of. */
function promptOf(record: Fields, kind: string | undefined): Message | undefined {
  const isTask = kind === 'text' && Array.isArray(record['images']);
  return kind !== undefined && (userKinds.has(kind) || isTask)
    ? { role: 'user', parts: textPart(toText(record['text'] ?? '')) }
    : undefined;
}

function answerOf(record: Fields, kind: string | undefined): Message | undefined {
  const text = record['text'];
  if (kind === undefined || typeof text !== 'string' || text === '' || record['partial'] === true) {
    return undefined;
  }
  if (kind === 'reasoning') {
    return { role: 'assistant', parts: reasoningPart(text) };
  }
  if (toolKinds.has(kind)) {
    return { role: 'assistant', parts: readToolCalls([toolOf(kind, text)]) };
  }
  // what is asked with a completed result is only whether it will do
  const isAnswer =
    textKinds.has(kind) && !(record['type'] === 'ask' && kind === 'completion_result');
  return isAnswer ? { role: 'assistant', parts: textPart(text) } : undefined;
}

function toolOf(kind: string, text: string): Fields {
  const parsed = parseJson(text);
  if (!isFields(parsed)) {
    return { name: kind, arguments: { [kind]: text } };
  }
  const { tool, toolName, ...args } = parsed;
  return { name: tool ?? toolName ?? kind, arguments: args };
}

function readTokens(request: Fields): Usage | undefined {
  const input = toCount(request['tokensIn']);
  const output = toCount(request['tokensOut']);
  if (input === undefined && output === undefined) {
    return undefined;
  }
  const cacheRead = toCount(request['cacheReads']);
  const cacheWrite = toCount(request['cacheWrites']);
  const beside = request['apiProtocol'] === 'openai' ? 0 : (cacheRead ?? 0) + (cacheWrite ?? 0);
  return {
    inputTokens: input === undefined ? undefined : input + beside,
    outputTokens: output,
    cacheReadInputTokens: cacheRead,
    cacheCreationInputTokens: cacheWrite,
  };
}

function said(messages: readonly Message[]): Reading {
  return { spans: [], turn: { thread: 'main', messages: () => messages } };
}
