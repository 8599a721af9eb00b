import type { FileReader, Reading, Turn } from '../format';
import { toTime } from '../fields/time';
import { at, type Fields, isFields, toId, toLabel } from '../fields/values';
import {
  calledTool,
  isItem,
  isOutput,
  isPrompt,
  isResult,
  responseId,
  itemMessages,
} from './items';
import { RolloutState } from './rolloutState';
import { readOutputItem, readResult, readRetry, readTokens, readTurnError } from './spans';
import { readTokenCount } from './tokens';

const envelopeTypes = new Set([
  'session_meta',
  'turn_context',
  'response_item',
  'event_msg',
  'compacted',
  'world_state',
  'inter_agent_communication',
  'inter_agent_communication_metadata',
]);
const nothing: Reading = { spans: [] };

export function isEnvelope(record: unknown): record is Fields {
  return (
    isFields(record) &&
    isFields(record['payload']) &&
    typeof record['type'] === 'string' &&
    envelopeTypes.has(record['type']) &&
    'timestamp' in record
  );
}

/** The first line of versions before September 2025, whose other lines have no envelope. */
export function isLegacyHead(record: unknown): record is Fields {
  return (
    isFields(record) &&
    'instructions' in record &&
    typeof record['id'] === 'string' &&
    typeof record['timestamp'] === 'string' &&
    !('type' in record) &&
    !('model' in record)
  );
}

/** Follows a rollout: which records are one response, whose turn it is, and by what the token total has grown. */
export class RolloutReader implements FileReader {
  readonly #state = new RolloutState();

  matches(record: unknown): boolean {
    if (isEnvelope(record) || isLegacyHead(record)) {
      return true;
    }
    // a provider's answer and an entry of the Pi agent have messages, too: the one names its model, the other wraps them
    const isOurs =
      isFields(record) &&
      record['model'] === undefined &&
      record['message'] === undefined &&
      (isItem(record) || 'record_type' in record);
    return this.#state.isLegacy && isOurs;
  }

  read(record: unknown): Reading {
    if (!isFields(record)) {
      return nothing;
    }
    const time = toTime(record['timestamp']);
    if (isLegacyHead(record)) {
      this.#state.isLegacy = true;
      this.#state.sessionId ??= toId(record['id']);
      return { spans: [], sessionId: this.#state.sessionId };
    }
    const payload = isFields(record['payload']) ? record['payload'] : undefined;
    return payload ? this.#readEnvelope(record, payload, time) : this.#readItem(record, undefined);
  }

  #readEnvelope(record: Fields, payload: Fields, time: number | undefined): Reading {
    const state = this.#state;
    switch (record['type']) {
      case 'session_meta':
        // a resumed or forked session repeats the head of the one it comes from
        state.sessionId ??= toId(payload['session_id']) ?? toId(payload['id']);
        state.provider ??= toLabel(payload['model_provider']);
        return { spans: [], sessionId: state.sessionId };
      case 'turn_context':
        state.model = toLabel(payload['model']) ?? state.model;
        this.#startTurn(payload);
        return nothing;
      case 'response_item':
        return this.#readItem(payload, time);
      case 'event_msg':
        return this.#readEvent(payload, time);
      case 'compacted': {
        const text = toLabel(payload['message']);
        state.addInput(time);
        return text === undefined
          ? nothing
          : said(() =>
              itemMessages({ type: 'message', role: 'user', content: payload['message'] }),
            );
      }
      default:
        return nothing;
    }
  }

  #readItem(item: Fields, time: number | undefined): Reading {
    const state = this.#state;
    if (isOutput(item)) {
      const generation = state.addOutput(responseId(item));
      const tool = calledTool(item);
      state.tools.set(tool?.id, { name: tool?.name ?? 'tool', spanId: generation.id });
      const spans = readOutputItem(item, time, generation, state);
      // what it answers was said before it
      state.hasInput = true;
      return { ...said(() => itemMessages(item)), spans };
    }
    if (state.isLegacy && isPrompt(item)) {
      state.startTurn(undefined);
    }
    if (item['type'] !== 'message' && item['type'] !== 'agent_message' && !isResult(item)) {
      return nothing;
    }
    state.addInput(time);
    return { ...said(() => itemMessages(item)), spans: readResult(item, time, state) };
  }

  #readEvent(payload: Fields, time: number | undefined): Reading {
    const state = this.#state;
    switch (payload['type']) {
      case 'user_message':
        state.startTurn(undefined);
        return nothing;
      case 'task_started':
      case 'turn_started':
        this.#startTurn(payload);
        return nothing;
      case 'thread_settings_applied':
        state.model = toLabel(at(payload, ['thread_settings', 'model'])) ?? state.model;
        return nothing;
      case 'token_count':
      case 'turn.completed':
        return this.#readTokens(payload, time);
      case 'error':
        return this.#readFailure(payload, time);
      case 'task_complete':
      case 'turn_complete':
        return isFields(payload['error']) ? this.#readFailure(payload, time) : nothing;
      case 'stream_error':
        return { spans: [readRetry(payload, time, state)] };
      default:
        return nothing;
    }
  }

  #readTokens(payload: Fields, time: number | undefined): Reading {
    const count = readTokenCount(payload, this.#state.total);
    if (count === undefined) {
      return nothing;
    }
    const { generation, isRepeat } = this.#state.addTokens(count.usage, count.total);
    // where items are not kept, the count is the first that is told of a response
    return {
      ...said(() => []),
      spans: [readTokens(count, isRepeat ? undefined : time, generation, this.#state)],
    };
  }

  /** It adds nothing to the conversation, but was sent all of it. */
  #readFailure(payload: Fields, time: number | undefined): Reading {
    return { ...said(() => []), spans: [readTurnError(payload, time, this.#state)] };
  }

  #startTurn(payload: Fields): void {
    const id = toId(payload['turn_id']);
    if (id !== undefined) {
      this.#state.startTurn(id);
    }
  }
}

function said(messages: Turn['messages']): Reading {
  return { spans: [], turn: { thread: 'main', messages } };
}
