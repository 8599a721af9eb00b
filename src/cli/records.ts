import { placeLabel } from '../model/source';
import type { RecordLine } from '../engine/engine';
import type { Command } from './command';
import { showCount, showText } from './display';
import { withLogs } from './openLogs';
import { entryOf } from './spanLine';
import { printTable } from './table';

export const records: Command = {
  name: 'records',
  usage: 'records PATH… [--json]',
  summary: 'lists every record, and every byte range that was not understood, with the reason',
  details: [
    'offset and length are bytes of the file, or of its unpacked entry; sha256 is of those bytes.',
    'A JSON record printed over several lines has the sha256 that it would have on one line.',
  ],
  options: {},
  async run(invocation) {
    const { out, json } = invocation;
    await withLogs(invocation, { hashRecords: true, final: true }, async ({ engine, nameOf }) => {
      if (json) {
        for (const record of engine.records()) {
          await out.printJson(toRecordLine(record, nameOf));
        }
        return;
      }
      let skipped = 0;
      const rows = function* (): Generator<string[]> {
        for (const record of engine.records()) {
          skipped += 'skipped' in record ? 1 : 0;
          yield toRow(record, nameOf);
        }
      };
      const count = await printTable(out, columns, rows());
      await out.printText(`\n${showCount(count - skipped, 'record')}, ${skipped} skipped`);
    });
  },
};

/** A record as `records --json` and the snapshots of `watch` print it. */
export function toRecordLine(record: RecordLine, nameOf: (file: string) => string): object {
  const place = { file: nameOf(record.source.file), ...entryOf(record.source) };
  const { offset, length } = record.source;
  if ('skipped' in record) {
    return { skipped: record.skipped, ...place, offset, length };
  }
  return {
    id: record.id,
    format: record.format,
    ...place,
    offset,
    length,
    sha256: record.sha256 ?? null,
  };
}

const columns = [
  { title: 'FILE' },
  { title: 'LINE', align: 'right' },
  { title: 'OFFSET', align: 'right' },
  { title: 'BYTES', align: 'right' },
  { title: 'FORMAT' },
  { title: 'ID' },
] as const;

function toRow(record: RecordLine, nameOf: (file: string) => string): string[] {
  const { line, offset, length } = record.source;
  const place = [
    placeLabel(nameOf(record.source.file), record.source.entry),
    line === undefined ? showText(undefined) : String(line),
    String(offset),
    String(length),
  ];
  return 'skipped' in record
    ? [...place, 'skipped', record.skipped]
    : [...place, record.format, showText(record.id)];
}
