import { lastOf } from '../fields/bodies';
import { isFields } from '../fields/values';
import type { JsonFormat } from '../format';
import { ChatReader, messagesIn } from './chatReader';

const messageTypes = new Set(['user', 'gemini', 'info', 'error', 'warning']);

/**
 * Chats of the Gemini CLI: one document, or since 0.40 lines that are added
 * (https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/services/chatRecordingTypes.ts).
 */
export const geminiCli: JsonFormat = {
  id: 'gemini-cli',
  title: 'Gemini CLI chat',
  docs: {
    schema:
      'https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/services/chatRecordingTypes.ts',
    writtenBy: 'Gemini CLI: `~/.gemini/tmp/<project>/chats/session-*.json` and `.jsonl`',
    recognisedBy:
      '`sessionId`, `projectHash` (and `messages`); lines with `id`, `timestamp`, `type` (`user`, `gemini`, …), `content`; `$set`; `$rewindTo`',
    notes:
      'A message of the model is a call, also when it was rewound later. A message that is written again replaces the one before. Thoughts are added to output tokens.',
  },
  container: 'json',
  matches: isGeminiRecord,
  read: record => new ChatReader().read(record),
  open: () => new ChatReader(),
  joinPieces: lastOf,
};

function isGeminiRecord(record: unknown): boolean {
  if (!isFields(record)) {
    return false;
  }
  if ('projectHash' in record) {
    return typeof record['sessionId'] === 'string';
  }
  if ('$rewindTo' in record || '$set' in record) {
    return Object.keys(record).length === 1;
  }
  if (Array.isArray(record['history'])) {
    return 'lastUpdated' in record && messagesIn(record)?.some(({ parts }) => parts) === true;
  }
  return (
    typeof record['type'] === 'string' &&
    messageTypes.has(record['type']) &&
    typeof record['id'] === 'string' &&
    typeof record['timestamp'] === 'string' &&
    'content' in record &&
    !('uuid' in record || 'level' in record || 'role' in record || 'model_name' in record) &&
    (record['type'] === 'gemini' || !('model' in record))
  );
}
