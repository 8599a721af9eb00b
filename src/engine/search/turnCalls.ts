import { isCall } from '../../model/span';
import type { EngineCore } from '../core';
import type { LogFile } from '../store/logFile';

const maxLookAhead = 500; // records behind a turn among which its call is looked for
const maxOpened = 30; // of those, to see what conversation they belong to

/**
 * The call that was sent first what a record adds to the conversation: the next one of the same conversation. `later`: it may
 * still come.
 */
export function callAfterTurn(
  core: EngineCore,
  file: LogFile,
  turn: number,
): number | 'later' | undefined {
  const { store, records } = core;
  const threadOf = (record: number) => records.reopen(file, record).reading?.turn?.thread;
  const thread = threadOf(turn);
  const end = Math.min(file.records, turn + 1 + maxLookAhead);
  let opened = 0;
  for (let record = turn + 1; record < end && opened < maxOpened; record++) {
    const isOfCall =
      file.recordHasTurn(record) &&
      store.rowsOfRecord(file, record).some(row => isCall({ kind: store.table.kind(row) }));
    if (isOfCall) {
      opened++;
      if (threadOf(record) === thread) {
        return record;
      }
    }
  }
  return end === file.records && opened < maxOpened ? 'later' : undefined;
}
