import type { Message } from '../../model/message';
import type { SpanPatch } from '../../model/span';
import type { Usage } from '../../model/usage';
import { answerOnly, saysAnything, toolBodies } from '../fields/bodies';
import { toDurationMs } from '../fields/duration';
import { toError } from '../fields/errors';
import { Recent } from '../fields/recent';
import { toTime } from '../fields/time';
import { isFields, toId, toLabel } from '../fields/values';
import type { FileReader, Reading } from '../format';
import {
  failureOf,
  readWireRecord,
  type ToolCall,
  type ToolResult,
  type WireRecord,
} from './wireEvents';

const maxThreads = 500; // sub-agents whose steps are followed at a time
const maxTools = 5000; // tool calls whose result may still come

interface Thread {
  readonly name: string;
  turns: number;
  turnId: string | undefined;
  steps: number;
  /** Of the step that the next records belong to. */
  stepId: string | undefined;
  hasInput: boolean;
}

/** Follows a wire file, which has no id of its own: its ids are made of the time at which it begins. */
export class WireReader implements FileReader {
  #fileId: string | undefined;
  #model: string | undefined;
  #provider: string | undefined;
  readonly #threads = new Recent<Thread>(maxThreads);
  readonly #tools = new Recent<{ readonly name: string; readonly stepId: string }>(maxTools);

  read(record: unknown): Reading {
    if (!isFields(record)) {
      return { spans: [] };
    }
    const created = toTime(record['created_at']) ?? toTime(record['time'] ?? record['timestamp']);
    this.#fileId ??= created === undefined ? undefined : `kimi-${created}`;
    const wire = readWireRecord(record);
    const thread = this.#threadOf(wire.parentTool);
    return this.#readEvent(wire, thread);
  }

  #readEvent(wire: WireRecord, thread: Thread): Reading {
    const { event, fields } = wire;
    switch (event.type) {
      case 'prompt':
        thread.turns++;
        return nothing;
      case 'said': {
        thread.hasInput = true;
        if ('user_input' in fields) {
          thread.turns++;
        }
        return said(thread, event.message);
      }
      case 'step':
        thread.steps++;
        thread.turnId = event.turnId ?? thread.turnId;
        thread.stepId = event.id ?? `${this.#fileId ?? ''}/${thread.name}/${thread.steps}`;
        return {
          ...saysNothing(thread),
          spans: [
            {
              ...this.#step(thread.stepId, wire, thread),
              part: 'start',
              startTime: wire.time,
              // so far only an alias may be known; the request names it
              model: undefined,
            },
          ],
        };
      case 'request':
      case 'compaction':
        return { ...saysNothing(thread), spans: [this.#readRequest(wire, thread)] };
      case 'output': {
        const step = this.#step(event.stepId, wire, thread);
        const hasOutput = saysAnything([event.message]);
        const content = () => answerOnly([event.message]);
        return { ...said(thread, event.message), spans: [{ ...step, hasOutput, content }] };
      }
      case 'tool':
        return this.#readCall(event.call, this.#step(event.stepId, wire, thread), wire, thread);
      case 'result':
        return {
          ...said(thread, { role: 'tool', parts: [event.result] }),
          spans: [this.#readResult(event.result, wire, thread)],
        };
      case 'usage':
        return {
          ...saysNothing(thread),
          spans: [this.#readUsage(event.usage, event.stepId, wire, thread)],
        };
      case 'other':
        this.#model = toLabel(fields['modelAlias']) ?? this.#model;
        return nothing;
    }
  }

  #readRequest(wire: WireRecord, thread: Thread): SpanPatch {
    const { fields } = wire;
    this.#model = toLabel(fields['model']) ?? this.#model;
    this.#provider = toLabel(fields['provider']) ?? this.#provider;
    if (wire.event.type === 'compaction') {
      // it belongs to no step, and its tokens are told right after it
      thread.stepId = `${this.#fileId ?? ''}/compaction-${wire.time ?? ''}`;
    }
    return { ...this.#step(undefined, wire, thread), part: 'start', startTime: wire.time };
  }

  #readCall(call: ToolCall, step: SpanPatch, wire: WireRecord, thread: Thread): Reading {
    const message: Message = { role: 'assistant', parts: [call] };
    this.#tools.set(call.id, { name: call.name, stepId: step.spanId ?? '' });
    const asked: SpanPatch = {
      ...step,
      toolCallNames: [call.name],
      hasOutput: true,
      content: () => answerOnly([message]),
    };
    const start: SpanPatch = {
      ...this.#tool(call.id, call.name, thread),
      part: 'start',
      parentSpanId: step.spanId,
      startTime: wire.time,
      status: 'unknown',
      hasInput: true,
      content: () => toolBodies(call, undefined),
    };
    return { ...said(thread, message), spans: [asked, start] };
  }

  #readResult(result: ToolResult, wire: WireRecord, thread: Thread): SpanPatch {
    const known = this.#tools.get(result.id);
    return {
      ...this.#tool(result.id, known?.name ?? 'tool', thread),
      part: 'end',
      parentSpanId: known?.stepId,
      endTime: wire.time,
      status: result.isError ? 'error' : 'ok',
      error: result.isError ? toError(failureOf(result)) : undefined,
      hasOutput: true,
      content: () => toolBodies(undefined, result),
    };
  }

  #readUsage(
    usage: Usage,
    stepId: string | undefined,
    wire: WireRecord,
    thread: Thread,
  ): SpanPatch {
    const { fields } = wire;
    const firstToken = toDurationMs(fields['llmFirstTokenLatencyMs']);
    const stream = toDurationMs(fields['llmStreamDurationMs']);
    return {
      ...this.#step(stepId, wire, thread),
      requestId: toId(fields['messageId']) ?? toId(fields['message_id']),
      durationMs:
        firstToken === undefined || stream === undefined ? undefined : firstToken + stream,
      timeToFirstTokenMs: firstToken,
      usage,
      status: 'ok',
      finishReason: toLabel(fields['finishReason']),
    };
  }

  #step(stepId: string | undefined, wire: WireRecord, thread: Thread): SpanPatch {
    const id = stepId ?? thread.stepId ?? `${this.#fileId ?? ''}/${wire.time ?? ''}`;
    return {
      identity: `message:${id}`,
      part: 'update',
      kind: 'call',
      name: 'chat',
      traceId: this.#traceOf(thread),
      spanId: id,
      parentSpanId: wire.parentTool,
      provider: this.#provider,
      model: this.#model,
      endTime: wire.event.type === 'step' ? undefined : wire.time,
      status: wire.event.type === 'output' ? 'ok' : 'unknown',
      hasInput: thread.hasInput,
      hasOutput: false,
    };
  }

  #tool(id: string | undefined, name: string, thread: Thread): SpanPatch {
    return {
      identity: id === undefined ? undefined : `tool:${this.#fileId ?? ''}/${id}`,
      part: 'update',
      kind: 'tool',
      name,
      traceId: this.#traceOf(thread),
      spanId: id,
      status: 'unknown',
      hasInput: false,
      hasOutput: false,
    };
  }

  #traceOf(thread: Thread): string | undefined {
    const main = this.#threadOf(undefined);
    const turn = main.turnId ?? (main.turns > 0 ? `turn-${main.turns}` : undefined);
    return turn === undefined || thread.steps + main.turns === 0
      ? undefined
      : `${this.#fileId ?? ''}/${turn}`;
  }

  #threadOf(parentTool: string | undefined): Thread {
    const name = parentTool ?? 'main';
    const known = this.#threads.get(name);
    const thread = known ?? {
      name,
      turns: 0,
      turnId: undefined,
      steps: 0,
      stepId: undefined,
      hasInput: false,
    };
    if (!known) {
      this.#threads.set(name, thread);
    }
    return thread;
  }
}

const nothing: Reading = { spans: [] };

function said(thread: Thread, message: Message): Reading {
  return { spans: [], turn: { thread: thread.name, messages: () => [message] } };
}

/** A call may begin with a record that says nothing: what was said before it is its input all the same. */
function saysNothing(thread: Thread): Reading {
  return { spans: [], turn: { thread: thread.name, messages: () => [] } };
}
