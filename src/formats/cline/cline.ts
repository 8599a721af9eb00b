import { joinNeighbours } from '../fields/bodies';
import { isFields } from '../fields/values';
import type { JsonFormat } from '../format';
import { TaskReader } from './taskReader';

/**
 * What Cline, Roo Code and their relatives show of a task
 * (https://github.com/cline/cline/blob/main/src/shared/ExtensionMessage.ts, `ClineMessage`).
 */
export const cline: JsonFormat = {
  id: 'cline',
  title: 'Cline or Roo Code task',
  docs: {
    schema: 'https://github.com/cline/cline/blob/main/src/shared/ExtensionMessage.ts',
    writtenBy: 'Cline, Roo Code, Kilo Code: `tasks/<id>/ui_messages.json`; `cline --json`',
    recognisedBy: '`ts`, `type` (`say` or `ask`) and a field of that name',
    notes:
      'An `api_req_started` is a call, with its tokens and cost; what is said after it is its answer. Cached tokens are added to input tokens, but not where the request says that it speaks the protocol of OpenAI.',
  },
  container: 'json',
  matches: record => {
    if (!isFields(record)) {
      return false;
    }
    const { type } = record;
    return (
      (type === 'say' || type === 'ask') &&
      typeof record[type] === 'string' &&
      (typeof record['ts'] === 'number' || 'text' in record)
    );
  },
  read: record => new TaskReader().read(record),
  open: () => new TaskReader(),
  joinPieces: joinNeighbours,
};
