import { joinNeighbours } from '../fields/bodies';
import { isFields } from '../fields/values';
import type { JsonFormat } from '../format';
import { ThreadReader } from './threadReader';

const turnTypes = new Set(['turn.started', 'turn.completed', 'turn.failed']);
const itemTypes = new Set(['item.started', 'item.updated', 'item.completed']);

/** `codex exec --json` (https://github.com/openai/codex/blob/main/codex-rs/exec/src/exec_events.rs, `ThreadEvent`). */
export const codexExec: JsonFormat = {
  id: 'codex-exec',
  title: 'Codex exec events',
  docs: {
    schema: 'https://github.com/openai/codex/blob/main/codex-rs/exec/src/exec_events.rs',
    writtenBy: '`codex exec --json`, the Codex SDKs and the Codex GitHub action',
    recognisedBy: '`type`: `thread.started`, `turn.completed`, `item.completed`, …',
    notes:
      'It tells tokens only for a turn, which may be several requests: a turn is shown as one call. No times and no model.',
  },
  container: 'json',
  matches: record => {
    if (!isFields(record) || typeof record['type'] !== 'string') {
      return false;
    }
    const { type } = record;
    return (
      (type === 'thread.started' && typeof record['thread_id'] === 'string') ||
      (turnTypes.has(type) && !('payload' in record) && !('response' in record)) ||
      (itemTypes.has(type) && isFields(record['item']))
    );
  },
  read: record => new ThreadReader().read(record),
  open: () => new ThreadReader(),
  joinPieces: joinNeighbours,
};
