import { type Fields, isFields } from '../fields/values';
import type { JsonFormat } from '../format';
import { SessionReader } from './sessionReader';

/** Entries that hold no message. */
const entryTypes = new Set([
  'model_change',
  'thinking_level_change',
  'compaction',
  'branch_summary',
  'custom',
  'custom_message',
  'label',
  'session_info',
]);

/** Sessions of the Pi coding agent (`docs/session.md` of https://github.com/badlogic/pi-mono). */
export const piAgent: JsonFormat = {
  id: 'pi-agent',
  title: 'Pi agent session',
  docs: {
    schema: 'https://github.com/badlogic/pi-mono',
    writtenBy: 'Pi coding agent: `~/.pi/agent/sessions/…/*.jsonl`',
    recognisedBy:
      '`type` (`session`, `message`, …) with `id`, `timestamp`, `message.role`, `parentId`',
    notes: 'A message of the assistant is a call, with the cost that Pi worked out.',
  },
  container: 'json',
  matches: record => isFields(record) && typeof record['timestamp'] === 'string' && isEntry(record),
  read: record => new SessionReader().read(record),
  open: () => new SessionReader(),
};

function isEntry(record: Fields): boolean {
  const { type, message } = record;
  if (type === 'session') {
    return typeof record['cwd'] === 'string' && typeof record['id'] === 'string';
  }
  if (type === 'message') {
    const isLinked = 'parentId' in record || typeof record['id'] !== 'string';
    return isFields(message) && typeof message['role'] === 'string' && isLinked;
  }
  return typeof type === 'string' && entryTypes.has(type) && 'parentId' in record;
}
