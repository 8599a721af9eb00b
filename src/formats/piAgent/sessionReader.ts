import type { Message, Part } from '../../model/message';
import type { SpanPatch } from '../../model/span';
import type { Usage } from '../../model/usage';
import { answerOnly, calledTools, saysAnything, toolBodies } from '../fields/bodies';
import { withoutZeros } from '../fields/call';
import { toError } from '../fields/errors';
import { readMessage } from '../fields/messages';
import { readParts } from '../fields/parts';
import { Recent } from '../fields/recent';
import { toTime } from '../fields/time';
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

const maxTools = 5000; // tool calls whose result may still come

/** Follows a session: whose prompt an answer is to, and which call asked for a tool. */
export class SessionReader implements FileReader {
  #sessionId: string | undefined;
  #promptId: string | undefined;
  #lastTime: number | undefined;
  #hasInput = false;
  readonly #callers = new Recent<string>(maxTools);

  read(record: unknown): Reading {
    if (!isFields(record)) {
      return { spans: [] };
    }
    if (record['type'] === 'session') {
      this.#sessionId ??= toId(record['id']);
      return { spans: [], sessionId: this.#sessionId };
    }
    const reading = this.#readEntry(record);
    this.#lastTime = toTime(record['timestamp']) ?? this.#lastTime;
    this.#hasInput ||= reading.turn !== undefined;
    return reading;
  }

  #readEntry(entry: Fields): Reading {
    const summary = entry['summary'];
    if (typeof summary === 'string') {
      return said([{ role: 'user', parts: readParts(summary) }]);
    }
    const message = isFields(entry['message']) ? entry['message'] : undefined;
    if (message === undefined) {
      return entry['type'] === 'custom_message'
        ? said([{ role: 'user', parts: readParts(entry['content']) }])
        : { spans: [] };
    }
    switch (message['role']) {
      case 'user':
        this.#promptId = toId(entry['id']) ?? toId(entry['timestamp']);
        return said([readMessage(message, 'user')]);
      case 'assistant':
        return {
          // the failure of a request is not sent again
          ...(message['stopReason'] === 'error' ? {} : said([readMessage(message, 'assistant')])),
          spans: this.#readAnswer(entry, message),
        };
      case 'toolResult':
        return {
          ...said([{ role: 'tool', parts: [resultOf(message)] }]),
          spans: [this.#readResult(entry, message)],
        };
      case 'bashExecution':
        return message['excludeFromContext'] === true
          ? { spans: [] }
          : said([
              {
                role: 'user',
                parts: readParts(`${toText(message['command'])}\n${toText(message['output'])}`),
              },
            ]);
      default:
        return said([{ role: 'user', parts: readParts(message['content'] ?? message['summary']) }]);
    }
  }

  #readAnswer(entry: Fields, message: Fields): SpanPatch[] {
    const id = toId(entry['id']) ?? toId(entry['timestamp']);
    const spanId = `${this.#sessionId ?? ''}/${id ?? ''}`;
    const time = toTime(entry['timestamp']);
    const isFailure = message['stopReason'] === 'error';
    const answer = readMessage(message, 'assistant');
    const usage = readTokens(message['usage']);
    const call: SpanPatch = {
      ...this.#place(),
      identity: `message:${spanId}`,
      part: 'whole',
      kind: 'call',
      name: 'chat',
      requestId: toId(message['responseId']) ?? id,
      spanId,
      provider: toLabel(message['provider']),
      model: toLabel(message['model']),
      // the message has the time at which its request was sent, the entry that at which it was over
      startTime: toTime(message['timestamp']) ?? this.#lastTime ?? time,
      endTime: time,
      usage: isFailure ? withoutZeros(usage) : usage,
      loggedCostUsd: isFailure ? undefined : costOf(message),
      status: isFailure ? 'error' : 'ok',
      finishReason: toLabel(message['stopReason']),
      error: isFailure ? toError(toText(message['errorMessage'] ?? 'failed')) : undefined,
      toolCallNames: calledTools([answer]),
      hasInput: this.#hasInput,
      hasOutput: saysAnything([answer]),
      content: () => answerOnly([readMessage(message, 'assistant')]),
    };
    const calls = answer.parts.filter(part => part.type === 'toolCall');
    return [call, ...calls.map(part => this.#readCall(part, call, time))];
  }

  #readCall(
    part: Part & { type: 'toolCall' },
    call: SpanPatch,
    time: number | undefined,
  ): SpanPatch {
    this.#callers.set(part.id, call.spanId ?? '');
    return {
      ...this.#place(),
      identity: part.id === undefined ? undefined : `tool:${part.id}`,
      part: part.id === undefined ? 'whole' : 'start',
      kind: 'tool',
      name: part.name,
      spanId: part.id,
      parentSpanId: call.spanId,
      startTime: time,
      status: 'unknown',
      hasInput: true,
      hasOutput: false,
      content: () => toolBodies(part, undefined),
    };
  }

  #readResult(entry: Fields, message: Fields): SpanPatch {
    const id = toId(message['toolCallId']);
    const isError = message['isError'] === true;
    const text = readParts(message['content'])
      .flatMap(part => (part.type === 'text' ? part.text : []))
      .join('\n');
    return {
      ...this.#place(),
      identity: id === undefined ? undefined : `tool:${id}`,
      part: id === undefined ? 'whole' : 'end',
      kind: 'tool',
      name: toLabel(message['toolName']) ?? 'tool',
      spanId: id,
      parentSpanId: this.#callers.get(id),
      endTime: toTime(entry['timestamp']),
      status: isError ? 'error' : 'ok',
      error: isError ? toError(text === '' ? 'failed' : text) : undefined,
      hasInput: false,
      hasOutput: true,
      content: () => toolBodies(undefined, resultOf(message)),
    };
  }

  #place(): Pick<SpanPatch, 'sessionId' | 'traceId'> {
    const hasTrace = this.#sessionId !== undefined && this.#promptId !== undefined;
    return {
      sessionId: this.#sessionId,
      traceId: hasTrace ? `${this.#sessionId}/${this.#promptId}` : undefined,
    };
  }
}

function said(messages: readonly Message[]): Reading {
  return { spans: [], turn: { thread: 'main', messages: () => messages } };
}

function resultOf(message: Fields): Part {
  return {
    type: 'toolResult',
    id: toId(message['toolCallId']),
    name: toLabel(message['toolName']),
    content: message['content'],
    isError: message['isError'] === true ? true : undefined,
  };
}

/** Input leaves the cached tokens out. */
function readTokens(value: unknown): Usage | undefined {
  if (!isFields(value)) {
    return undefined;
  }
  const input = toCount(value['input']);
  const cacheRead = toCount(value['cacheRead']);
  const cacheWrite = toCount(value['cacheWrite']);
  return {
    inputTokens: input === undefined ? undefined : input + (cacheRead ?? 0) + (cacheWrite ?? 0),
    outputTokens: toCount(value['output']),
    cacheReadInputTokens: cacheRead,
    cacheCreationInputTokens: cacheWrite,
  };
}

function costOf(message: Fields): number | undefined {
  const cost = toNumber(at(message, ['usage', 'cost', 'total']));
  return cost !== undefined && cost >= 0 ? cost : undefined;
}
