import type { Message } from '../../model/message';
import type { SpanPatch } from '../../model/span';
import type { Usage } from '../../model/usage';
import { answerOnly, calledTools, saysAnything, toolBodies } from '../fields/bodies';
import { toDurationMs } from '../fields/duration';
import { toError } from '../fields/errors';
import { parseArguments, readToolCalls, reasoningPart, textPart } from '../fields/parts';
import { Recent } from '../fields/recent';
import { toTime } from '../fields/time';
import { readUsageObject } from '../fields/usage';
import {
  at,
  type Fields,
  isFields,
  toCount,
  toId,
  toLabel,
  toNumber,
  toText,
} from '../fields/values';
import type { FileReader, Reading } from '../format';

const maxTools = 5000; // tool calls whose execution may still be told

/** Follows a session: its model, whose prompt a call answers, and which call asked for a tool. */
export class EventReader implements FileReader {
  #sessionId: string | undefined;
  #model: string | undefined;
  #promptId: string | undefined;
  #lastTime: number | undefined;
  #hasInput = false;
  #lastCall: string | undefined;
  readonly #tools = new Recent<{ readonly name: string; readonly callId: string }>(maxTools);

  read(record: unknown): Reading {
    if (!isFields(record) || !isFields(record['data'])) {
      return { spans: [] };
    }
    const { data } = record;
    const time = toTime(record['timestamp']);
    const reading = this.#readEvent(record, data, time);
    if (time !== undefined && !toLabel(record['type'])?.startsWith('hook')) {
      this.#lastTime = time;
    }
    return reading;
  }

  #readEvent(event: Fields, data: Fields, time: number | undefined): Reading {
    switch (event['type']) {
      case 'session.start':
      case 'session.resume':
        this.#sessionId ??= toId(data['sessionId']);
        this.#model = toLabel(data['selectedModel']) ?? this.#model;
        return { spans: [], sessionId: this.#sessionId };
      case 'session.model_change':
        this.#model = toLabel(data['newModel']) ?? this.#model;
        return { spans: [] };
      case 'session.error':
        // it adds nothing to the conversation, but was sent all of it
        return { ...said(data, () => []), spans: [this.#readFailure(event, data, time)] };
      case 'user.message':
        this.#promptId = toId(data['interactionId']) ?? toId(event['id']);
        this.#hasInput = true;
        return said(data, () => [{ role: 'user', parts: textPart(toText(data['content'] ?? '')) }]);
      case 'system.message':
        this.#hasInput = true;
        return said(data, () => [
          { role: 'system', parts: textPart(toText(data['content'] ?? '')) },
        ]);
      case 'session.shutdown':
        return { spans: [readTotals(data, this.#sessionId)] };
      case 'assistant.message':
        return this.#readMessage(event, data, time);
      case 'assistant.usage':
        return { spans: [this.#readUsage(data, time)] };
      case 'tool.execution_start':
      case 'tool.execution_complete':
        return this.#readTool(event, data, time);
      default:
        return { spans: [] };
    }
  }

  #readMessage(event: Fields, data: Fields, time: number | undefined): Reading {
    const id = toId(data['messageId']) ?? toId(event['id']) ?? '';
    const answer = readAnswer(data);
    const place = { ...this.#place(data), spanId: id };
    for (const part of answer.parts) {
      if (part.type === 'toolCall') {
        this.#tools.set(part.id, { name: part.name, callId: id });
      }
    }
    this.#lastCall = id;
    const call: SpanPatch = {
      ...place,
      identity: `message:${id}`,
      part: 'update',
      kind: 'call',
      name: 'chat',
      requestId: toId(data['apiCallId']) ?? toId(data['requestId']),
      model: toLabel(data['model']) ?? this.#model,
      startTime: this.#lastTime ?? time,
      // without the time at which it was sent there is no duration
      endTime: this.#lastTime === undefined ? undefined : time,
      usage: readTokens(data),
      status: 'ok',
      toolCallNames: calledTools([answer]),
      hasInput: this.#hasInput,
      hasOutput: saysAnything([answer]),
      content: () => answerOnly([readAnswer(data)]),
    };
    this.#hasInput = true;
    return { ...said(data, () => [readAnswer(data)]), spans: [call] };
  }

  /** Only the SDK's streams hold it: the tokens of the call that was last. */
  #readUsage(data: Fields, time: number | undefined): SpanPatch {
    const duration = toDurationMs(data['duration']);
    return {
      ...this.#place(data),
      identity: `message:${this.#lastCall ?? toId(data['apiCallId']) ?? ''}`,
      part: 'end',
      kind: 'call',
      name: 'chat',
      model: toLabel(data['model']),
      startTime: time === undefined || duration === undefined ? time : time - duration,
      durationMs: duration,
      usage: readTokens(data),
      status: 'ok',
      hasInput: false,
      hasOutput: false,
    };
  }

  #readTool(event: Fields, data: Fields, time: number | undefined): Reading {
    const id = toId(data['toolCallId']);
    const known = this.#tools.get(id);
    const isStart = event['type'] === 'tool.execution_start';
    const name = toLabel(data['toolName']) ?? known?.name ?? 'tool';
    if (isStart) {
      this.#tools.set(id, { name, callId: known?.callId ?? this.#lastCall ?? '' });
    }
    const failure = !isStart && data['success'] === false ? failureOf(data) : undefined;
    const span: SpanPatch = {
      ...this.#place(data),
      identity: id === undefined ? undefined : `tool:${id}`,
      part: id === undefined ? 'whole' : isStart ? 'start' : 'end',
      kind: 'tool',
      name,
      spanId: id,
      parentSpanId: known?.callId ?? toId(data['parentToolCallId']),
      startTime: isStart ? time : undefined,
      endTime: isStart ? undefined : time,
      status: isStart ? 'unknown' : failure === undefined ? 'ok' : 'error',
      error: failure === undefined ? undefined : toError(failure),
      hasInput: isStart,
      hasOutput: !isStart,
      content: () => readToolBodies(data, isStart),
    };
    return isStart ? { spans: [span] } : { ...said(data, () => [readResult(data)]), spans: [span] };
  }

  #readFailure(event: Fields, data: Fields, time: number | undefined): SpanPatch {
    const id = toId(event['id']);
    const status = toNumber(data['statusCode']);
    const isHttp = status !== undefined && status >= 400 && status <= 599;
    return {
      ...this.#place(data),
      identity: id === undefined ? undefined : `message:${id}`,
      part: 'whole',
      kind: 'call',
      name: 'chat',
      requestId: toId(data['providerCallId']),
      spanId: id,
      model: this.#model,
      startTime: time,
      status: 'error',
      error: toError(
        toText(data['message'] ?? 'failed'),
        toLabel(data['errorType']),
        isHttp ? status : undefined,
      ),
      hasInput: this.#hasInput,
      hasOutput: false,
    };
  }

  #place(data: Fields): Pick<SpanPatch, 'sessionId' | 'traceId' | 'parentSpanId'> {
    const prompt = toId(data['interactionId']) ?? this.#promptId;
    const hasTrace = this.#sessionId !== undefined && prompt !== undefined;
    return {
      sessionId: this.#sessionId,
      traceId: hasTrace ? `${this.#sessionId}/${prompt}` : undefined,
      parentSpanId: toId(data['parentToolCallId']),
    };
  }
}

/** What the whole session used, which no call tells of itself. */
function readTotals(data: Fields, sessionId: string | undefined): SpanPatch {
  const metrics = isFields(data['modelMetrics']) ? Object.values(data['modelMetrics']) : [];
  const usages = metrics.map(metric => at(isFields(metric) ? metric : {}, ['usage']));
  const sum = (name: string): number | undefined =>
    usages
      .map(usage => (isFields(usage) ? toCount(usage[name]) : undefined))
      .reduce((all, one) => (one === undefined ? all : (all ?? 0) + one), undefined);
  return {
    part: 'whole',
    kind: 'agent',
    name: 'session',
    sessionId,
    startTime: toTime(data['sessionStartTime']),
    usage: {
      inputTokens: sum('inputTokens'),
      outputTokens: sum('outputTokens'),
      cacheReadInputTokens: sum('cacheReadTokens'),
      cacheCreationInputTokens: sum('cacheWriteTokens'),
    },
    status: 'ok',
    hasInput: false,
    hasOutput: false,
  };
}

/** Sub-agents have conversations of their own, named by the tool call that started them. */
function said(data: Fields, messages: () => readonly Message[]): Reading {
  return { spans: [], turn: { thread: toLabel(data['parentToolCallId']) ?? 'main', messages } };
}

function readAnswer(data: Fields): Message {
  const requests = Array.isArray(data['toolRequests']) ? data['toolRequests'].filter(isFields) : [];
  const calls = requests.map(request => ({
    id: request['toolCallId'],
    name: request['name'],
    arguments: request['arguments'],
  }));
  return {
    role: 'assistant',
    parts: [
      ...reasoningPart(data['reasoningText']),
      ...textPart(toText(data['content'] ?? '')),
      ...readToolCalls(calls),
    ],
  };
}

function readResult(data: Fields): Message {
  return {
    role: 'tool',
    parts: [
      {
        type: 'toolResult',
        id: toId(data['toolCallId']),
        content: at(data, ['result', 'content']) ?? data['result'] ?? data['error'],
        isError: data['success'] === false ? true : undefined,
      },
    ],
  };
}

function readToolBodies(data: Fields, isStart: boolean) {
  const call = {
    type: 'toolCall',
    id: toId(data['toolCallId']),
    name: toLabel(data['toolName']) ?? 'tool',
    arguments: parseArguments(data['arguments']),
  } as const;
  return isStart ? toolBodies(call, undefined) : toolBodies(undefined, readResult(data).parts[0]);
}

function readTokens(data: Fields): Usage | undefined {
  const usage = readUsageObject(data);
  return (
    usage && {
      ...usage,
      cacheReadInputTokens: toCount(data['cacheReadTokens']),
      cacheCreationInputTokens: toCount(data['cacheWriteTokens']),
    }
  );
}

function failureOf(data: Fields): string {
  const { error } = data;
  const said = isFields(error) ? error['message'] : error;
  return toText(said ?? at(data, ['result', 'content']) ?? 'failed');
}
