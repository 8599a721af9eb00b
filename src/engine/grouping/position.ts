import { lowerBound } from '../store/lowerBound';
import type { LogFile } from '../store/logFile';
import type { SpanStore } from '../store/spanStore';

/** Position of a row among the rows of its file; where it was, if it is gone. */
export function positionInFile(store: SpanStore, file: LogFile, row: number): number {
  const { record, index } = store.table;
  return lowerBound(file.rows.length, at => {
    const other = file.rows.at(at);
    return (record.get(other) - record.get(row) || index.get(other) - index.get(row)) >= 0;
  });
}
