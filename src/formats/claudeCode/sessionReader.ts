import type { FileReader, Reading } from '../format';
import { Recent } from '../fields/recent';
import { toTime } from '../fields/time';
import { at, type Fields, isFields, toId, toLabel } from '../fields/values';
import {
  contentBlocks,
  isFailure,
  isLaterLine,
  isPrompt,
  isSaid,
  isSynthetic,
  messageOf,
  saidMessages,
  sessionOf,
  threadOf,
} from './records';
import {
  agentSpanId,
  type Place,
  readAnswer,
  readResults,
  readRetry,
  readRunResult,
} from './spans';

const maxRemembered = 20_000; // records, and tool calls, that later ones may refer to
const maxTasks = 500; // sub-agents that were started and whose first record is still to come
const maxPromptLength = 4000; // characters by which a sub-agent's first record is known

/** What later records need of one. */
interface Link {
  readonly traceId?: string | undefined;
  readonly parentSpanId?: string | undefined;
  readonly time?: number | undefined;
  /** Of the answer that the record is a line of. */
  readonly messageId?: string | undefined;
  readonly sentAt?: number | undefined;
}

/** Follows the chain of `parentUuid` through a session: whose prompt a call answers, when it was sent, for which agent. */
export class SessionReader implements FileReader {
  readonly #links = new Recent<Link>(maxRemembered);
  readonly #toolNames = new Recent<string>(maxRemembered);
  readonly #tasks = new Recent<Link>(maxTasks);
  /** Last trace of each thread, for records whose parent is not in the file. */
  readonly #lastTrace = new Recent<string>(maxTasks);
  readonly #spokenThreads = new Recent<true>(maxTasks);

  matches(record: unknown): boolean {
    return isLaterLine(record);
  }

  read(record: unknown): Reading {
    if (!isFields(record)) {
      return { spans: [] };
    }
    const thread = threadOf(record);
    const link = this.#linkOf(record, thread);
    const spans = this.#spansOf(record, {
      traceId: link.traceId,
      parentSpanId: link.parentSpanId,
      sentAt: link.sentAt,
      hasInput: this.#spokenThreads.get(thread) === true,
      isRepeated: this.#links.get(toId(record['uuid'])) !== undefined,
      toolName: id => this.#toolNames.get(id),
    });
    this.#remember(record, thread, link);
    const sessionId = sessionOf(record);
    if (isSaid(record)) {
      return { spans, sessionId, turn: { thread, messages: () => saidMessages(record) } };
    }
    // a failed call adds nothing to the conversation, but was sent all of it
    return record['type'] === 'assistant'
      ? { spans, sessionId, turn: { thread, messages: () => [] } }
      : { spans, sessionId };
  }

  #spansOf(record: Fields, place: Place): Reading['spans'] {
    switch (record['type']) {
      case 'assistant':
        // a remark of the client in the model's place is no call
        return isSynthetic(record) && !isFailure(record) ? [] : readAnswer(record, place);
      case 'user':
        return readResults(record, place);
      case 'system':
        return record['subtype'] === 'api_error' ? [readRetry(record, place)] : [];
      case 'result':
        return 'num_turns' in record ? [readRunResult(record)] : [];
      default:
        return [];
    }
  }

  #linkOf(record: Fields, thread: string): Link {
    const parent = this.#links.get(toId(record['parentUuid']) ?? toId(record['logicalParentUuid']));
    const started = parent ? undefined : this.#startedBy(record);
    const time = toTime(record['timestamp']);
    const messageId = toId(messageOf(record)?.['id']);
    const isSameAnswer = messageId !== undefined && parent?.messageId === messageId;
    const sentAt = isSameAnswer ? parent.sentAt : parent?.time;
    return {
      traceId: this.#traceOf(record, thread, parent ?? started),
      parentSpanId: this.#parentOf(record) ?? (parent ?? started)?.parentSpanId,
      time,
      messageId,
      sentAt: sentAt === undefined || time === undefined || sentAt <= time ? sentAt : time,
    };
  }

  /** One trace for a prompt and all that it caused. Newer versions number prompts, also on the records of sub-agents. */
  #traceOf(record: Fields, thread: string, above: Link | undefined): string | undefined {
    const session = sessionOf(record);
    const promptId = toId(record['promptId']);
    if (session === undefined) {
      return above?.traceId;
    }
    if (record['type'] === 'user' && promptId !== undefined) {
      return `${session}/${promptId}`;
    }
    const uuid = toId(record['uuid']);
    const isFirst = above?.traceId === undefined || record['isSidechain'] !== true;
    if (record['type'] === 'user' && uuid !== undefined && isFirst && isPrompt(record)) {
      return `${session}/${uuid}`;
    }
    return above?.traceId ?? this.#lastTrace.get(thread);
  }

  #parentOf(record: Fields): string | undefined {
    const agentId = toId(record['agentId']);
    return agentId === undefined ? toId(record['parent_tool_use_id']) : agentSpanId(agentId);
  }

  /** The tool call that started the sub-agent whose first record this is: it has the words of the task. */
  #startedBy(record: Fields): Link | undefined {
    const content = messageOf(record)?.['content'];
    const isFirst = record['type'] === 'user' && record['isSidechain'] === true;
    return isFirst ? this.#tasks.get(taskKey(content)) : undefined;
  }

  #remember(record: Fields, thread: string, link: Link): void {
    this.#links.set(toId(record['uuid']), link);
    if (link.traceId !== undefined) {
      this.#lastTrace.set(thread, link.traceId);
    }
    if (isSaid(record)) {
      this.#spokenThreads.set(thread, true);
    }
    if (record['type'] !== 'assistant') {
      return;
    }
    for (const block of contentBlocks(record)) {
      const id = block['type'] === 'tool_use' ? toId(block['id']) : undefined;
      if (id !== undefined) {
        this.#toolNames.set(id, toLabel(block['name']) ?? 'tool');
        this.#tasks.set(taskKey(at(block, ['input', 'prompt'])), {
          traceId: link.traceId,
          parentSpanId: id,
        });
      }
    }
  }
}

function taskKey(prompt: unknown): string | undefined {
  const text = Array.isArray(prompt) && isFields(prompt[0]) ? prompt[0]['text'] : prompt;
  return typeof text === 'string' && text !== '' ? text.slice(0, maxPromptLength) : undefined;
}
