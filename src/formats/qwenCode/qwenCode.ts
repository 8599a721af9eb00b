import { joinNeighbours } from '../fields/bodies';
import { isFields } from '../fields/values';
import type { JsonFormat } from '../format';
import { QwenReader } from './qwenReader';

/**
 * Sessions of Qwen Code
 * (https://github.com/QwenLM/qwen-code/blob/main/packages/core/src/services/chatRecordingService.ts, `ChatRecord`).
 */
export const qwenCode: JsonFormat = {
  id: 'qwen-code',
  title: 'Qwen Code session',
  docs: {
    schema:
      'https://github.com/QwenLM/qwen-code/blob/main/packages/core/src/services/chatRecordingService.ts',
    writtenBy: 'Qwen Code: `~/.qwen/projects/<folder>/chats/<session>.jsonl`',
    recognisedBy:
      '`sessionId`, `uuid`, `parentUuid`, and `message.parts`, `systemPayload` or `usageMetadata`',
    notes: 'An assistant record is a call. A trace is a prompt and all calls it caused.',
  },
  container: 'json',
  matches: isQwenRecord,
  read: record => new QwenReader().read(record),
  open: () => new QwenReader(),
  joinPieces: joinNeighbours,
};

function isQwenRecord(record: unknown): boolean {
  if (!isFields(record) || typeof record['sessionId'] !== 'string' || !('uuid' in record)) {
    return false;
  }
  const message = record['message'];
  return (
    typeof record['type'] === 'string' &&
    (record['type'] === 'tool_result' ||
      'systemPayload' in record ||
      'usageMetadata' in record ||
      (isFields(message) && Array.isArray(message['parts'])))
  );
}
