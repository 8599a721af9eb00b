import type { Message } from '../../model/message';
import { readMessage } from '../fields/messages';
import { at, type Fields, isFields, toId, toLabel } from '../fields/values';

/** Lines that hold no message and need not have a uuid, with the key that tells them from others' lines of that type. */
const metadataKeys: ReadonlyMap<string, string> = new Map([
  ['summary', 'leafUuid'],
  ['file-history-snapshot', 'snapshot'],
  ['queue-operation', 'operation'],
  ['permission-mode', 'permissionMode'],
  ['mode', 'mode'],
  ['custom-title', 'customTitle'],
  ['ai-title', 'aiTitle'],
  ['agent-name', 'agentName'],
  ['last-prompt', 'lastPrompt'],
  ['pr-link', 'prUrl'],
  ['worktree-state', 'worktreeSession'],
]);
/** What ties a line of any type to a session whose beginning is known. */
const ties = ['sessionId', 'session_id', 'uuid', 'leafUuid', 'messageId', 'agentId'];

/** A line of a session file, or of `claude -p --output-format stream-json`, known without what stands before it. */
export function isSessionLine(record: unknown): record is Fields {
  if (!isFields(record) || typeof record['type'] !== 'string' || isOfQwenCode(record)) {
    return false;
  }
  const metadataKey = metadataKeys.get(record['type']);
  if (metadataKey !== undefined) {
    return metadataKey in record;
  }
  if (typeof record['sessionId'] === 'string' && typeof record['uuid'] === 'string') {
    return 'parentUuid' in record || isFields(record['message']) || 'subtype' in record;
  }
  return isStreamLine(record);
}

/** A line of a file that is known to be a session: types come with every version. */
export function isLaterLine(record: unknown): record is Fields {
  return (
    isFields(record) &&
    typeof record['type'] === 'string' &&
    !isOfQwenCode(record) &&
    ties.some(key => typeof record[key] === 'string')
  );
}

/** Qwen Code writes the same envelope around Gemini's words. */
function isOfQwenCode(record: Fields): boolean {
  return (
    record['type'] === 'tool_result' ||
    'systemPayload' in record ||
    'usageMetadata' in record ||
    Array.isArray(at(record, ['message', 'parts']))
  );
}

/** The message of a line; undefined when it holds none. */
export function messageOf(record: Fields): Fields | undefined {
  return isFields(record['message']) ? record['message'] : undefined;
}

export function contentBlocks(record: Fields): readonly Fields[] {
  const content = messageOf(record)?.['content'];
  return Array.isArray(content) ? content.filter(isFields) : [];
}

/** What the line adds to the conversation that the model sees. */
export function saidMessages(record: Fields): readonly Message[] {
  const message = messageOf(record);
  if (message !== undefined) {
    return [readMessage(message, record['type'] === 'assistant' ? 'assistant' : 'user')];
  }
  const queued = at(record, ['attachment', 'prompt']);
  return queued === undefined ? [] : [readMessage({ content: queued }, 'user')];
}

/** Whether what the line says is sent to the model: a failure that is only shown is not. */
export function isSaid(record: Fields): boolean {
  switch (record['type']) {
    case 'user':
      return messageOf(record) !== undefined && !isOnlyShown(record);
    case 'assistant':
      return messageOf(record) !== undefined && !isFailure(record);
    case 'attachment':
      return at(record, ['attachment', 'type']) === 'queued_command';
    default:
      return false;
  }
}

/** A message that nobody generated: the client put a failure, or a remark of its own, in the model's place. */
export function isSynthetic(record: Fields): boolean {
  return messageOf(record)?.['model'] === '<synthetic>';
}

export function isFailure(record: Fields): boolean {
  if (record['isApiErrorMessage'] === true) {
    return true;
  }
  const text = contentBlocks(record)[0]?.['text'];
  return isSynthetic(record) && typeof text === 'string' && text.startsWith('API Error');
}

/** Whether a person's words begin something new here: not a tool's result, nor what the client adds by itself. */
export function isPrompt(record: Fields): boolean {
  if (record['isMeta'] === true || record['isCompactSummary'] === true) {
    return false;
  }
  const blocks = contentBlocks(record);
  return blocks.length === 0 || blocks.some(block => block['type'] !== 'tool_result');
}

/** Sub-agents have conversations of their own, in the same file (old versions) or in files of their own. */
export function threadOf(record: Fields): string {
  const agent = toLabel(record['agentId']) ?? toLabel(record['parent_tool_use_id']);
  return agent ?? (record['isSidechain'] === true ? 'sidechain' : 'main');
}

export function sessionOf(record: Fields): string | undefined {
  return toId(record['sessionId']) ?? toId(record['session_id']);
}

function isOnlyShown(record: Fields): boolean {
  return record['isVisibleInTranscriptOnly'] === true && record['isCompactSummary'] !== true;
}

function isStreamLine(record: Fields): boolean {
  if (typeof record['session_id'] !== 'string') {
    return false;
  }
  switch (record['type']) {
    case 'assistant':
    case 'user':
    case 'stream_event':
      return 'parent_tool_use_id' in record;
    case 'system':
      return typeof record['subtype'] === 'string';
    case 'result':
      return typeof record['subtype'] === 'string' && 'num_turns' in record;
    default:
      return false;
  }
}
