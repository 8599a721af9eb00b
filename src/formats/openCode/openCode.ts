import type { SpanPatch } from '../../model/span';
import { joinNeighbours } from '../fields/bodies';
import { type Fields, isFields, toId } from '../fields/values';
import type { JsonFormat } from '../format';
import { readMessages } from './messages';
import { readPart } from './parts';

const partTypes = new Set([
  'text',
  'reasoning',
  'tool',
  'file',
  'step-start',
  'step-finish',
  'snapshot',
  'patch',
  'agent',
  'subtask',
  'retry',
  'compaction',
]);

/**
 * Storage of OpenCode: a file for each message and each part
 * (https://github.com/sst/opencode/blob/dev/packages/opencode/src/session/message-v2.ts), and what `opencode export` writes.
 */
export const openCode: JsonFormat = {
  id: 'open-code',
  title: 'OpenCode messages',
  docs: {
    schema: 'https://github.com/sst/opencode/blob/dev/packages/opencode/src/session/message-v2.ts',
    writtenBy:
      'OpenCode: `~/.local/share/opencode/storage/message/…` and `part/…`; also `opencode export` and `opencode run --format json`',
    recognisedBy:
      '`sessionID`, `role` and `time`; parts by `messageID` and `type`; an export by `info` and `messages` with `info` and `parts`',
    notes:
      'An assistant message is a call, its parts are its text and its tools. Cached tokens are added to input tokens, reasoning to output tokens. A trace is a prompt.',
  },
  container: 'json',
  matches: record =>
    isFields(record) &&
    (isMessage(record) ||
      isPart(record) ||
      isSession(record) ||
      isStreamEvent(record) ||
      messagesOf(record) !== undefined),
  read: record =>
    isFields(record) ? { spans: readRecord(record), sessionId: sessionOf(record) } : { spans: [] },
  isSpreadOverFiles: true,
  joinPieces: joinNeighbours,
};

function readRecord(record: Fields): readonly SpanPatch[] {
  const messages = messagesOf(record);
  if (messages !== undefined) {
    return readMessages(messages);
  }
  if (isPart(record)) {
    return readPart(record);
  }
  if (isStreamEvent(record) && isFields(record['part'])) {
    // it writes only what the model says
    return readPart({ sessionID: record['sessionID'], ...record['part'] }, 'call');
  }
  return isMessage(record) ? readMessages([{ info: record, parts: [] }]) : [];
}

/** A session's own file and an export name it differently from messages. */
function sessionOf(record: Fields): string | undefined {
  const info = isFields(record['info']) ? record['info'] : {};
  const own = isSession(record) ? record['id'] : isSession(info) ? info['id'] : undefined;
  return toId(record['sessionID']) ?? toId(own);
}

function isMessage(record: Fields): boolean {
  return (
    typeof record['sessionID'] === 'string' &&
    (record['role'] === 'assistant' || record['role'] === 'user') &&
    isFields(record['time'])
  );
}

function isPart(record: Fields): boolean {
  return (
    typeof record['messageID'] === 'string' &&
    typeof record['type'] === 'string' &&
    partTypes.has(record['type'])
  );
}

/** A line of `opencode run --format json`. */
function isStreamEvent(record: Fields): boolean {
  return (
    typeof record['sessionID'] === 'string' &&
    typeof record['type'] === 'string' &&
    'timestamp' in record &&
    (isFields(record['part']) || record['type'] === 'error')
  );
}

/** A session's own file, which holds no call. */
function isSession(record: Fields): boolean {
  return (
    typeof record['projectID'] === 'string' &&
    typeof record['directory'] === 'string' &&
    isFields(record['time'])
  );
}

/** Messages with their parts: those of an export, or one of them as the server answers. */
function messagesOf(
  record: Fields,
): readonly { info: Fields; parts: readonly Fields[] }[] | undefined {
  const list = Array.isArray(record['messages']) ? record['messages'] : [record];
  const messages = list.filter(isFields).flatMap(message => {
    const { info, parts } = message;
    return isFields(info) && Array.isArray(parts) && isMessage(info)
      ? [{ info, parts: parts.filter(isFields) }]
      : [];
  });
  return messages.length > 0 ? messages : undefined;
}
