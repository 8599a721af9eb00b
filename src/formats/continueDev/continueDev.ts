import { isFields } from '../fields/values';
import type { JsonFormat } from '../format';
import { readEvent } from './events';
import { isSession, readSession } from './sessions';

/**
 * Continue's development data (https://github.com/continuedev/continue/tree/main/packages/config-yaml/src/schemas/data) and
 * its saved sessions.
 */
export const continueDev: JsonFormat = {
  id: 'continue-dev',
  title: 'Continue data and sessions',
  docs: {
    schema:
      'https://github.com/continuedev/continue/tree/main/packages/config-yaml/src/schemas/data',
    writtenBy: 'Continue: `~/.continue/dev_data/0.2.0/*.jsonl` and `~/.continue/sessions/*.json`',
    recognisedBy:
      '`eventName`, `schema`, `selectedProfileId`; a session by `sessionId`, `workspaceDirectory` and `history`',
    notes:
      '`tokensGenerated` has the tokens and `chatInteraction` the text of the same calls, without an id in common: opened together, a call is counted twice.',
  },
  container: 'json',
  matches: record => isFields(record) && (isDataEvent(record) || isSession(record)),
  read: record => {
    if (!isFields(record)) {
      return { spans: [] };
    }
    return { spans: isSession(record) ? readSession(record) : readEvent(record) };
  },
};

function isDataEvent(record: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof record['eventName'] === 'string' &&
    typeof record['schema'] === 'string' &&
    'timestamp' in record
  );
}
