import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { LogFormat } from '../../../src/formats/format';
import { diskAccess, type FileAccess } from '../../../src/engine/read/fileAccess';
import { FileTail } from '../../../src/engine/read/fileTail';
import type { NextLook } from '../../../src/engine/read/fileTailOptions';
import { UnpackSlot } from '../../../src/engine/read/packed/unpackSlot';
import { SharedWindow } from '../../../src/engine/read/sharedWindow';
import { unaccounted, Believed, type BelievedFile } from './believed';
import { testFormats } from './testFormats';

/** A file of its own, read a small window at a time, its end shown first when ten lines or so are still to be read. */
export class TailedFile {
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-tail-'));
  readonly path = path.join(this.folder, 'a.jsonl');
  private readonly sink = new Believed();
  readonly tail: FileTail;

  constructor(formats: readonly LogFormat[] = testFormats, access: FileAccess = diskAccess) {
    this.tail = new FileTail(this.path, {
      targetOf: file => file,
      sink: this.sink,
      formats,
      access,
      window: new SharedWindow(),
      slot: new UnpackSlot(),
      maxRecordBytes: 10_000,
      final: false,
      preview: {
        fromBytes: 400,
        headBytes: 50,
        glimpse: { bytes: 200, lines: 10 },
        whole: { bytes: 200, lines: 200 },
        maxBytes: 500,
      },
      windowBytes: 100,
    });
  }

  get believed(): BelievedFile {
    return this.sink.file(this.path);
  }

  /** Bytes that are said twice, wrongly or not at all. */
  faults(): readonly string[] {
    return unaccounted(this.believed, fs.readFileSync(this.path));
  }

  /** Ids that are known, in file order: those that were read, then those that are shown. */
  ids(): { readonly read: readonly unknown[]; readonly shown: readonly unknown[] } {
    const { records, preview } = this.believed;
    return { read: idsOf(records), shown: idsOf(preview) };
  }

  /** Looks until there is nothing to do at once. */
  lookOn(): NextLook {
    let next = this.tail.look();
    while (next === 'now') {
      next = this.tail.look();
    }
    return next;
  }

  dispose(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}

function idsOf(records: BelievedFile['records']): readonly unknown[] {
  return [...records.values()].map(({ value }) =>
    typeof value === 'object' && value !== null ? Reflect.get(value, 'id') : value,
  );
}
