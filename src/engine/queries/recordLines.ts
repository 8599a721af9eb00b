import type { RecordLine } from '../engine';
import type { EngineCore } from '../core';
import type { LogFile } from '../store/logFile';

/** All records and skipped ranges, file by file, in the order of their bytes. */
export function* listRecords(core: EngineCore): Generator<RecordLine> {
  for (const file of core.store.files()) {
    yield* recordsOf(core, file);
  }
}

function* recordsOf(core: EngineCore, file: LogFile): Generator<RecordLine> {
  let record = 0;
  let skipped = 0;
  while (record < file.records || skipped < file.skipped) {
    const isRecordNext =
      skipped >= file.skipped ||
      (record < file.records && file.recordOffset(record) <= file.skippedOffset(skipped));
    if (isRecordNext) {
      yield {
        id: core.store.recordId(file, record) ?? null,
        format: core.formats[file.recordFormat(record)]?.id ?? '',
        source: file.recordSource(record),
        sha256: file.recordHash(record),
      };
      record++;
    } else {
      const { reason, ...source } = file.skippedRange(skipped);
      yield { skipped: reason, source };
      skipped++;
    }
  }
}
