import type { Message, Part } from '../../model/message';
import type { SpanPatch } from '../../model/span';
import { answerOnly, calledTools, toolBodies } from '../fields/bodies';
import { toError } from '../fields/errors';
import { reasoningPart, textPart } from '../fields/parts';
import { readUsageObject } from '../fields/usage';
import { at, type Fields, isFields, toId, toLabel, toNumber, toText } from '../fields/values';
import type { FileReader, Reading } from '../format';

const toolTypes = new Set(['command_execution', 'mcp_tool_call', 'file_change', 'web_search']);

/** Follows a thread: which turn its items belong to. */
export class ThreadReader implements FileReader {
  #threadId: string | undefined;
  #turn = 0;

  read(record: unknown): Reading {
    if (!isFields(record)) {
      return { spans: [] };
    }
    switch (record['type']) {
      case 'thread.started':
        this.#threadId = toId(record['thread_id']);
        return { spans: [] };
      case 'turn.started':
        this.#turn++;
        return { spans: [] };
      case 'turn.completed':
        return {
          spans: [{ ...this.#call(), usage: readUsageObject(record['usage']), status: 'ok' }],
        };
      case 'turn.failed': {
        const error = toError(toText(at(record, ['error', 'message']) ?? 'failed'));
        return { spans: [{ ...this.#call(), status: 'error', error }] };
      }
      case 'item.completed':
        return isFields(record['item']) ? this.#readItem(record['item']) : { spans: [] };
      default:
        return { spans: [] };
    }
  }

  #readItem(item: Fields): Reading {
    const parts = answerOf(item);
    if (parts.length === 0) {
      return { spans: [] };
    }
    const answer: Message = { role: 'assistant', parts };
    const call: SpanPatch = {
      ...this.#call(),
      toolCallNames: calledTools([answer]),
      hasOutput: true,
      content: () => answerOnly([answer]),
    };
    return { spans: isTool(item) ? [call, this.#readTool(item)] : [call] };
  }

  #readTool(item: Fields): SpanPatch {
    const id = `${this.#threadId ?? ''}/${toId(item['id']) ?? ''}`;
    const failure = failureOf(item);
    return {
      identity: `tool:${id}`,
      part: 'update',
      kind: 'tool',
      name: nameOf(item),
      spanId: id,
      parentSpanId: this.#callId,
      sessionId: this.#threadId,
      traceId: this.#traceId,
      status: failure === undefined ? 'ok' : 'error',
      error: failure === undefined ? undefined : toError(failure),
      hasInput: true,
      hasOutput: true,
      content: () =>
        toolBodies(callOf(item), {
          type: 'toolResult',
          id: toId(item['id']),
          content: item['aggregated_output'] ?? item['result'] ?? item['changes'],
        }),
    };
  }

  #call(): SpanPatch {
    return {
      identity: `message:${this.#callId}`,
      part: 'update',
      kind: 'call',
      name: 'turn',
      spanId: this.#callId,
      sessionId: this.#threadId,
      traceId: this.#traceId,
      status: 'unknown',
      hasInput: false,
      hasOutput: false,
    };
  }

  get #callId(): string {
    return `${this.#threadId ?? ''}/turn-${this.#turn}`;
  }

  get #traceId(): string | undefined {
    return this.#threadId === undefined ? undefined : this.#callId;
  }
}

function answerOf(item: Fields): Part[] {
  switch (item['type'] ?? item['item_type']) {
    case 'agent_message':
    case 'assistant_message':
      return textPart(toText(item['text'] ?? ''));
    case 'reasoning':
      return reasoningPart(item['text']);
    default:
      return isTool(item) ? [callOf(item)] : [];
  }
}

function isTool(item: Fields): boolean {
  return typeof item['type'] === 'string' && toolTypes.has(item['type']);
}

function callOf(item: Fields): Part {
  const { command, arguments: args, changes, query } = item;
  return {
    type: 'toolCall',
    id: toId(item['id']),
    name: nameOf(item),
    arguments: args ?? (command === undefined ? { changes, query } : { command }),
  };
}

function nameOf(item: Fields): string {
  return toLabel(item['tool']) ?? toLabel(item['type']) ?? 'tool';
}

function failureOf(item: Fields): string | undefined {
  const exitCode = toNumber(item['exit_code']);
  if (exitCode !== undefined && exitCode !== 0) {
    return `exit code ${exitCode}: ${toText(item['aggregated_output'] ?? '')}`;
  }
  return item['status'] === 'failed'
    ? toText(at(item, ['error', 'message']) ?? item['error'] ?? 'failed')
    : undefined;
}
