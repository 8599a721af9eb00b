import { Column, columnsFor } from '../store/columns';
import { PathNumbers, PathTable } from '../store/pathTable';
import { type FileGlance, type FileStamp, isSameMoment } from './fileStamp';
import type { SavedTail } from './savedTail';

/** How far a file was read in which nothing is unfinished. */
export interface ContentAtRest extends Pick<SavedTail, 'consumed' | 'gate' | 'line'> {
  /** See `RecordParser`. */
  readonly isDocument: boolean;
}

/** What must be known of a file to which nobody writes, to go on when somebody does. */
export interface FileAtRest {
  /** Not a racy one. */
  readonly stamp: FileStamp;
  /** undefined: nothing was told of what is in it, and all of it is read again when it changes. */
  readonly content: ContentAtRest | undefined;
}

const names = [
  'deviceLow',
  'deviceHigh',
  'numberLow',
  'numberHigh',
  'size',
  'modifiedSeconds',
  'modifiedNanoseconds',
  'changedSeconds',
  'changedNanoseconds',
  'offset',
  'headLength',
  'tailLength',
  'recordBytes',
  'skippedBytes',
  'linesInRow',
  'lastItemLength',
  'line',
  'kind',
] as const;

/** What `kind` says. */
const told = { nothing: 0, lines: 1, document: 2 } as const;

const second = 1_000_000_000n;
const half = 32n;

/**
 * Files to which nobody writes, a row of numbers each: some 50 bytes where a `FileTail` is more than a thousand. Most files of a folder of
 * ten thousand are such.
 */
export class RestingFiles {
  private readonly rows: PathNumbers;
  private readonly free: number[] = [];
  private used = 0;
  private readonly columns = columnsFor(names, 'id');
  private readonly checksum = new Column('hash');
  private readonly headChecksum = new Column('hash');
  private readonly tailChecksum = new Column('hash');
  private sizes = 0;
  private reads = 0;

  /** `paths`: kept for others as well. */
  constructor(paths = new PathTable()) {
    this.rows = new PathNumbers(paths);
  }

  get count(): number {
    return this.rows.size;
  }

  /** Bytes of all of them, and what need not be read again. */
  get bytes(): { readonly size: number; readonly read: number } {
    return { size: this.sizes, read: this.reads };
  }

  files(): readonly string[] {
    return [...this.rows].map(([file]) => file);
  }

  has(file: string): boolean {
    return this.rows.has(file);
  }

  add(file: string, { stamp, content }: FileAtRest): void {
    const row = this.free.pop() ?? this.used++;
    this.rows.set(file, row);
    const [device = '', number = ''] = stamp.identity.split(':');
    const dev = BigInt(device);
    const ino = BigInt(number);
    const consumed = content?.consumed;
    const gate = content?.gate;
    const values: Readonly<Record<(typeof names)[number], number>> = {
      deviceLow: Number(BigInt.asUintN(32, dev)),
      deviceHigh: Number(dev >> half),
      numberLow: Number(BigInt.asUintN(32, ino)),
      numberHigh: Number(ino >> half),
      size: stamp.size,
      modifiedSeconds: Number(stamp.mtimeNs / second),
      modifiedNanoseconds: Number(stamp.mtimeNs % second),
      changedSeconds: Number(stamp.ctimeNs / second),
      changedNanoseconds: Number(stamp.ctimeNs % second),
      offset: consumed?.offset ?? 0,
      headLength: consumed?.headLength ?? 0,
      tailLength: consumed?.tailLength ?? 0,
      recordBytes: gate?.recordBytes ?? 0,
      skippedBytes: gate?.skippedBytes ?? 0,
      linesInRow: gate?.linesInRow ?? 0,
      lastItemLength: gate?.lastItemLength ?? 0,
      line: content?.line ?? 0,
      kind: content === undefined ? told.nothing : content.isDocument ? told.document : told.lines,
    };
    for (const name of names) {
      this.columns[name].set(row, values[name]);
    }
    this.checksum.set(row, consumed?.checksum ?? 0);
    this.headChecksum.set(row, consumed?.headChecksum ?? 0);
    this.tailChecksum.set(row, consumed?.tailChecksum ?? 0);
    this.addBytes(row, 1);
  }

  /** How far they were read, but for those that whoever wants to go on must read anew. */
  *save(): Generator<SavedTail> {
    for (const [file, row] of this.rows) {
      const content = this.contentOf(row);
      if (content !== undefined && !content.isDocument) {
        const { consumed, gate, line } = content;
        yield { file, stamp: this.stampOf(row), consumed, gate, line };
      }
    }
  }

  /** undefined: it is none of them. */
  get(file: string): FileAtRest | undefined {
    const row = this.rows.get(file);
    return row === undefined
      ? undefined
      : { stamp: this.stampOf(row), content: this.contentOf(row) };
  }

  /** The file is none of them any more. */
  remove(file: string): void {
    const row = this.rows.get(file);
    if (row !== undefined) {
      this.addBytes(row, -1);
      this.rows.delete(file);
      this.free.push(row);
    }
  }

  /**
   * Whether it is one of them, and a glance shows the same state of the file. As `isSameAtGlance`, without making a stamp or anything else that is
   * to be collected: hundreds are asked about in one look at a folder.
   */
  isSame(file: string, stat: FileGlance): boolean {
    const row = this.rows.get(file);
    if (row === undefined) {
      return false;
    }
    const { columns } = this;
    return (
      columns.size.get(row) === stat.size &&
      wholeAt(row, columns.numberHigh, columns.numberLow) === stat.ino &&
      wholeAt(row, columns.deviceHigh, columns.deviceLow) === stat.dev &&
      isSameMoment(
        timeAt(row, columns.modifiedSeconds, columns.modifiedNanoseconds),
        stat.mtimeMs,
      ) &&
      isSameMoment(timeAt(row, columns.changedSeconds, columns.changedNanoseconds), stat.ctimeMs)
    );
  }

  private addBytes(row: number, sign: 1 | -1): void {
    const { size, offset, kind } = this.columns;
    this.sizes += sign * size.get(row);
    this.reads += sign * (kind.get(row) === told.nothing ? size : offset).get(row);
  }

  private stampOf(row: number): FileStamp {
    const { columns } = this;
    const whole = (high: Column, low: Column): bigint =>
      (BigInt(high.get(row)) << half) | BigInt(low.get(row));
    const time = (seconds: Column, nanoseconds: Column): bigint =>
      BigInt(seconds.get(row)) * second + BigInt(nanoseconds.get(row));
    const device = whole(columns.deviceHigh, columns.deviceLow);
    const number = whole(columns.numberHigh, columns.numberLow);
    return {
      identity: `${device}:${number}`,
      device: Number(device),
      fileNumber: Number(number),
      size: columns.size.get(row),
      mtimeNs: time(columns.modifiedSeconds, columns.modifiedNanoseconds),
      ctimeNs: time(columns.changedSeconds, columns.changedNanoseconds),
      isRacy: false,
    };
  }

  private contentOf(row: number): ContentAtRest | undefined {
    const { columns } = this;
    const kind = columns.kind.get(row);
    if (kind === told.nothing) {
      return undefined;
    }
    return {
      consumed: {
        offset: columns.offset.get(row),
        checksum: this.checksum.get(row),
        headLength: columns.headLength.get(row),
        headChecksum: this.headChecksum.get(row),
        tailLength: columns.tailLength.get(row),
        tailChecksum: this.tailChecksum.get(row),
      },
      gate: {
        recordBytes: columns.recordBytes.get(row),
        skippedBytes: columns.skippedBytes.get(row),
        linesInRow: columns.linesInRow.get(row),
        lastItemLength: columns.lastItemLength.get(row),
      },
      line: columns.line.get(row),
      isDocument: kind === told.document,
    };
  }
}

function wholeAt(row: number, high: Column, low: Column): number {
  return high.get(row) * 2 ** 32 + low.get(row);
}

/** Milliseconds. */
function timeAt(row: number, seconds: Column, nanoseconds: Column): number {
  return seconds.get(row) * 1000 + nanoseconds.get(row) / 1_000_000;
}
