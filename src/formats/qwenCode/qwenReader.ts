import type { Message } from '../../model/message';
import type { SpanPatch } from '../../model/span';
import type { Usage } from '../../model/usage';
import { answerOnly, calledTools, saysAnything, toolBodies } from '../fields/bodies';
import { toDurationMs } from '../fields/duration';
import { toError } from '../fields/errors';
import { readMessage } from '../fields/messages';
import { readParts } from '../fields/parts';
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

const maxRemembered = 5000; // tool calls and threads that later records may refer to

interface Thread {
  traceId?: string | undefined;
  lastTime?: number | undefined;
  hasInput: boolean;
}

/** Follows a session: whose prompt a call answers, and when the record before it was written. */
export class QwenReader implements FileReader {
  readonly #threads = new Recent<Thread>(maxRemembered);
  readonly #callers = new Recent<string>(maxRemembered);

  read(record: unknown): Reading {
    if (!isFields(record)) {
      return { spans: [] };
    }
    const name = toLabel(record['agentId']) ?? 'main';
    const thread = this.#threads.get(name) ?? { hasInput: false };
    this.#threads.set(name, thread);
    if (record['type'] === 'user') {
      const session = toId(record['sessionId']);
      const prompt = toId(record['promptId']) ?? toId(record['uuid']);
      thread.traceId = session && prompt && `${session}/${prompt}`;
    }
    const spans = this.#spansOf(record, thread);
    thread.lastTime = toTime(record['timestamp']) ?? thread.lastTime;
    const messages = () => messagesOf(record);
    const sessionId = toId(record['sessionId']);
    if (!isFields(record['message'])) {
      return { spans, sessionId };
    }
    thread.hasInput = true;
    return { spans, sessionId, turn: { thread: name, messages } };
  }

  #spansOf(record: Fields, thread: Thread): SpanPatch[] {
    switch (record['type']) {
      case 'assistant':
        return this.#readAnswer(record, thread);
      case 'tool_result':
        return this.#readResults(record, thread);
      case 'system': {
        const event = at(record, ['systemPayload', 'uiEvent']);
        const isFailure =
          isFields(event) && toLabel(event['event.name'])?.endsWith('api_error') === true;
        return isFailure ? [readFailure(event, record, thread)] : [];
      }
      default:
        return [];
    }
  }

  #readAnswer(record: Fields, thread: Thread): SpanPatch[] {
    const uuid = toId(record['uuid']);
    const time = toTime(record['timestamp']);
    const messages = messagesOf(record);
    const call: SpanPatch = {
      ...readPlace(record, thread),
      identity: uuid === undefined ? undefined : `message:${uuid}`,
      part: 'whole',
      kind: 'call',
      name: 'chat',
      spanId: uuid,
      model: toLabel(record['model']),
      startTime: thread.lastTime ?? time,
      // without the time at which it was sent there is no duration
      endTime: thread.lastTime === undefined ? undefined : time,
      usage: readUsage(record['usageMetadata']),
      status: 'ok',
      toolCallNames: calledTools(messages),
      hasInput: thread.hasInput,
      hasOutput: saysAnything(messages),
      content: () => answerOnly(messagesOf(record)),
    };
    const starts = partsOf(record).flatMap(part => this.#readStart(part, record, thread));
    return [call, ...starts];
  }

  #readStart(part: Fields, record: Fields, thread: Thread): SpanPatch[] {
    const called = part['functionCall'];
    const id = isFields(called) ? toId(called['id']) : undefined;
    if (!isFields(called) || id === undefined) {
      return [];
    }
    const caller = toId(record['uuid']);
    this.#callers.set(id, caller ?? '');
    return [
      {
        ...readPlace(record, thread),
        identity: `tool:${id}`,
        part: 'start',
        kind: 'tool',
        name: toLabel(called['name']) ?? 'tool',
        spanId: id,
        parentSpanId: caller,
        startTime: toTime(record['timestamp']),
        status: 'unknown',
        hasInput: true,
        hasOutput: false,
        content: () => toolBodies(readParts([part])[0], undefined),
      },
    ];
  }

  #readResults(record: Fields, thread: Thread): SpanPatch[] {
    const said = isFields(record['toolCallResult']) ? record['toolCallResult'] : {};
    const failure = said['status'] === 'error' ? failureOf(said) : undefined;
    return partsOf(record).flatMap(part => {
      const answered = part['functionResponse'];
      const id = isFields(answered) ? toId(answered['id']) : undefined;
      if (!isFields(answered) || id === undefined) {
        return [];
      }
      return [
        {
          ...readPlace(record, thread),
          identity: `tool:${id}`,
          part: 'end',
          kind: 'tool',
          name: toLabel(answered['name']) ?? 'tool',
          spanId: id,
          parentSpanId: this.#callers.get(id),
          endTime: toTime(record['timestamp']),
          status: failure === undefined ? 'ok' : 'error',
          error: failure === undefined ? undefined : toError(failure),
          hasInput: false,
          hasOutput: true,
          content: () => toolBodies(undefined, readParts([part])[0]),
        } satisfies SpanPatch,
      ];
    });
  }
}

/** A request that failed, which only the telemetry tells of. */
function readFailure(event: Fields, record: Fields, thread: Thread): SpanPatch {
  const uuid = toId(record['uuid']);
  const durationMs = toDurationMs(event['duration_ms']);
  const end = toTime(event['event.timestamp']) ?? toTime(record['timestamp']);
  const status = toNumber(event['status_code']);
  const isHttp = status !== undefined && status >= 400 && status <= 599;
  const message = toText(event['error_message'] ?? event['error'] ?? 'API error');
  return {
    ...readPlace(record, thread),
    identity: uuid === undefined ? undefined : `message:${uuid}`,
    part: 'whole',
    kind: 'call',
    name: 'chat',
    spanId: uuid,
    model: toLabel(event['model']),
    startTime: end === undefined ? undefined : end - (durationMs ?? 0),
    durationMs,
    status: 'error',
    error: toError(message, toLabel(event['error_type']), isHttp ? status : undefined),
    hasInput: thread.hasInput,
    hasOutput: false,
  };
}

function readPlace(record: Fields, thread: Thread): Pick<SpanPatch, 'traceId' | 'sessionId'> {
  return { traceId: thread.traceId, sessionId: toId(record['sessionId']) };
}

/** The words are Gemini's; the figures of models behind an OpenAI interface have the thoughts in the answer already. */
function readUsage(value: unknown): Usage | undefined {
  const usage = readUsageObject(value);
  if (!isFields(value) || !usage) {
    return usage;
  }
  const answered = toCount(value['candidatesTokenCount']);
  const isInAnswer =
    answered !== undefined &&
    toCount(value['totalTokenCount']) === (usage.inputTokens ?? 0) + answered;
  return isInAnswer ? { ...usage, outputTokens: answered } : usage;
}

function messagesOf(record: Fields): readonly Message[] {
  const { message } = record;
  return isFields(message)
    ? [readMessage(message, record['type'] === 'assistant' ? 'assistant' : 'user')]
    : [];
}

function partsOf(record: Fields): readonly Fields[] {
  const parts = at(record, ['message', 'parts']);
  return Array.isArray(parts) ? parts.filter(isFields) : [];
}

function failureOf(said: Fields): string {
  const error = said['error'] ?? said['resultDisplay'] ?? 'failed';
  return isFields(error) ? toText(error['message'] ?? error) : toText(error);
}
