import type { SpanPatch } from '../../model/span';
import { answerOnly, calledTools, saysAnything, toolBodies } from '../fields/bodies';
import { toError } from '../fields/errors';
import { Recent } from '../fields/recent';
import { toTime } from '../fields/time';
import { readUsageObject } from '../fields/usage';
import { at, type Fields, isFields, toId, toLabel, toNumber, toText } from '../fields/values';
import type { FileReader, Reading } from '../format';
import {
  answerOf,
  eventMessages,
  isAction,
  isFromModel,
  responseOf,
  resultOf,
  toolName,
} from './events';

const maxResponses = 5000; // whose other events may still come

interface Sight {
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  readonly costUsd: number | undefined;
}

/** Follows the events of a conversation: when the call that an event answers was sent, and what it cost alone. */
export class EventReader implements FileReader {
  #lastTime: number | undefined;
  #cost = 0;
  #hasInput = false;
  readonly #sights = new Recent<Sight>(maxResponses);

  read(record: unknown): Reading {
    if (!isFields(record)) {
      return { spans: [] };
    }
    const spans = this.spansOf(record, false);
    const messages = () => eventMessages(record, false);
    // an observation of a call is an answer to it, also where it repeats the response
    return messages().length > 0 || spans.length > 0
      ? { spans, turn: { thread: 'main', messages } }
      : { spans };
  }

  spansOf(event: Fields, isFirst: boolean): SpanPatch[] {
    const response = responseOf(event);
    const isAnswer = isFromModel(event, isFirst);
    const time = toTime(event['timestamp']);
    const spans = response || isAnswer ? [this.#readCall(event, response, time)] : [];
    const tool = readTool(event, time);
    this.#lastTime = time ?? this.#lastTime;
    this.#hasInput = true;
    return tool ? [...spans, tool] : spans;
  }

  #readCall(event: Fields, response: Fields | undefined, time: number | undefined): SpanPatch {
    const id = toId(response?.['id']);
    const sight = this.#sights.get(id) ?? {
      startTime: this.#lastTime ?? time,
      // without the time at which it was sent there is no duration
      endTime: this.#lastTime === undefined ? undefined : time,
      costUsd: this.#costOf(event),
    };
    this.#sights.set(id, sight);
    const answer = [answerOf(event)];
    return {
      identity: id === undefined ? undefined : `request:${id}`,
      // the same response again, with all that is in it
      part: 'whole',
      kind: 'call',
      name: 'chat',
      requestId: id,
      spanId: id,
      model: toLabel(response?.['model']),
      startTime: sight.startTime,
      endTime: sight.endTime,
      usage: readUsageObject(response?.['usage']),
      loggedCostUsd: sight.costUsd,
      status: 'ok',
      toolCallNames: response ? calledTools(answer) : [],
      hasInput: this.#hasInput,
      hasOutput: saysAnything(answer),
      content: () => answerOnly([answerOf(event)]),
    };
  }

  /** The event tells the costs so far. */
  #costOf(event: Fields): number | undefined {
    const total = toNumber(at(event, ['llm_metrics', 'accumulated_cost']));
    if (total === undefined) {
      return undefined;
    }
    const own = Math.max(0, Math.round((total - this.#cost) * 1e9) / 1e9);
    this.#cost = total;
    return Number.isFinite(own) ? own : undefined;
  }
}

function readTool(event: Fields, time: number | undefined): SpanPatch | undefined {
  const id = toId(at(event, ['tool_call_metadata', 'tool_call_id']));
  if (id === undefined) {
    return undefined;
  }
  const isStart = isAction(event);
  const isError = !isStart && event['observation'] === 'error';
  return {
    identity: `tool:${id}`,
    part: isStart ? 'start' : 'end',
    kind: 'tool',
    name: toolName(event) ?? 'tool',
    spanId: id,
    parentSpanId: toId(responseOf(event)?.['id']),
    startTime: isStart ? time : undefined,
    endTime: isStart ? undefined : time,
    status: isStart ? 'unknown' : isError ? 'error' : 'ok',
    error: isError ? toError(toText(event['content'] ?? event['message'] ?? 'failed')) : undefined,
    hasInput: isStart,
    hasOutput: !isStart,
    content: () =>
      isStart
        ? toolBodies(
            answerOf(event).parts.find(part => part.type === 'toolCall' && part.id === id),
            undefined,
          )
        : toolBodies(undefined, resultOf(event)),
  };
}
