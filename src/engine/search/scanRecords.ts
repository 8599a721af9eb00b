import { allOf } from '../../model/beginning';
import type { LogFormat } from '../../formats/format';
import { decodeWindow, type Encoding } from '../read/encoding';
import { diskAccess, errorCode, type OpenFile } from '../read/fileAccess';
import type { UnpackedEntries } from '../read/packed/unpackedEntries';
import { hasChecksum } from '../read/readRecord';
import { SharedWindow } from '../read/sharedWindow';
import { encodingOf } from '../read/sniff';
import { readingOf } from '../readingOf';
import { bytePattern } from './bytePattern';
import { TextFinder } from './holdsText';
import type { FoundRecord, ScanJob } from './scanJob';

// Read and looked at in one go. The text made of it is a young object of V8 up to 128 KiB, whose memory is used again at once: longer ones
// took new pages of the kernel each, more time than looking at them.
const windowBytes = 120 * 1024;
const maxGapBytes = 64 * 1024; // between two records that are read in one go
const sliceMs = 5; // of work before others get their turn

/** What a search needs besides the job. */
export interface ScanTools {
  readonly formats: readonly LogFormat[];
  readonly entries: UnpackedEntries;
}

/** What it gives is valid until the next call; fewer bytes where the file has no more. */
type ReadBytes = (offset: number, length: number) => Buffer;

/** Records of a job that lie near each other: [from, to). */
interface Run {
  readonly from: number;
  readonly to: number;
}

/**
 * Searches the records of a job, at the speed of memory where the bytes tell that the text is not there. Yields what it has
 * found every few milliseconds, also when that is nothing. What cannot be read holds nothing.
 */
export function* scanRecords(
  job: ScanJob,
  tools: ScanTools,
): Generator<readonly FoundRecord[], void> {
  try {
    const file = diskAccess.open(job.file);
    try {
      const read = file.stat().isFile() ? readerOf(job, file, tools.entries) : undefined;
      if (read !== undefined) {
        yield* scanFile(job, read, tools);
      }
    } finally {
      file.close();
    }
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
  }
}

function readerOf(
  { file: path, entry }: ScanJob,
  file: OpenFile,
  entries: UnpackedEntries,
): ReadBytes | undefined {
  if (entry === undefined) {
    const shared = new SharedWindow();
    return (offset, length) => {
      const window = shared.take(length);
      return window.subarray(0, file.read(window, length, offset));
    };
  }
  const unpacked = entries.read(path, file, entry);
  return unpacked && ((offset, length) => unpacked.subarray(offset, offset + length));
}

function* scanFile(
  job: ScanJob,
  read: ReadBytes,
  { formats }: ScanTools,
): Generator<readonly FoundRecord[], void> {
  const encoding = encodingOf(read(0, 4));
  const pattern = bytePattern(job.text);
  let sliceEnd = performance.now() + sliceMs;
  let found: FoundRecord[] = [];
  for (const run of runsOf(job)) {
    const start = offsetOf(job, run.from);
    const window = read(start, endOf(job, run.to - 1) - start);
    for (const at of candidates(job, run, { window, encoding, pattern, formats })) {
      const bytes = bytesOf(job, at, start, window);
      found.push(...look(job, at, { bytes, encoding }, formats));
      if (performance.now() >= sliceEnd) {
        yield found;
        found = [];
        sliceEnd = performance.now() + sliceMs;
      }
    }
    if (performance.now() >= sliceEnd) {
      yield found;
      found = [];
      sliceEnd = performance.now() + sliceMs;
    }
  }
  yield found;
}

function* runsOf(job: ScanJob): Generator<Run> {
  const { length } = job.offsets;
  for (let from = 0; from < length;) {
    const start = offsetOf(job, from);
    let to = from + 1;
    while (
      to < length &&
      offsetOf(job, to) - endOf(job, to - 1) <= maxGapBytes &&
      endOf(job, to) - start <= windowBytes
    ) {
      to++;
    }
    yield { from, to };
    from = to;
  }
}

interface Looked {
  readonly window: Buffer;
  readonly encoding: Encoding;
  readonly pattern: RegExp | undefined;
  readonly formats: readonly LogFormat[];
}

/** Positions of the records whose bytes may hold the text. */
function* candidates(job: ScanJob, run: Run, looked: Looked): Generator<number> {
  const { window, encoding, pattern, formats } = looked;
  const start = offsetOf(job, run.from);
  const isOneText = encoding === 'utf8' && pattern !== undefined;
  const text = isOneText ? window.toString('latin1') : '';
  let hit = -1;
  for (let at = run.from; at < run.to; at++) {
    if (pattern === undefined || mayHide(formats[job.formats[at] ?? 0])) {
      yield at;
      continue;
    }
    if (!isOneText) {
      pattern.lastIndex = 0;
      const bytes = decodeWindow(bytesOf(job, at, start, window), 0, encoding).bytes;
      if (pattern.test(bytes.toString('latin1'))) {
        yield at;
      }
      continue;
    }
    const first = offsetOf(job, at) - start;
    const end = endOf(job, at) - start;
    if (hit < first) {
      pattern.lastIndex = first;
      hit = pattern.exec(text)?.index ?? Number.POSITIVE_INFINITY;
    }
    if (hit < end) {
      yield at;
    }
  }
}

function mayHide(format: LogFormat | undefined): boolean {
  return format?.container === 'json' && format.mayEncodeBodies === true;
}

/** Parses one record, to see in whose bodies the text is. */
function look(
  job: ScanJob,
  at: number,
  { bytes, encoding }: { readonly bytes: Buffer; readonly encoding: Encoding },
  formats: readonly LogFormat[],
): readonly FoundRecord[] {
  const isThere = bytes.length === job.lengths[at];
  const utf8 = decodeWindow(bytes, 0, encoding).bytes;
  if (!isThere || !hasChecksum(utf8, job.checksums[at] ?? 0)) {
    return [];
  }
  const reading = readingOf(formats[job.formats[at] ?? 0], { bytes, encoding }, job);
  if (reading === undefined) {
    return [];
  }
  const finder = new TextFinder(job.text);
  if (job.turns[at] === 1) {
    const isInTurn = finder.isSaid(allOf(reading.turn?.messages() ?? []));
    return isInTurn ? [{ at, spans: [], isInTurn }] : [];
  }
  const spans = reading.spans.flatMap((span, index) => {
    const content = span.content?.();
    return content !== undefined && finder.isIn(content) ? [index] : [];
  });
  return [{ at, spans, isInTurn: false }];
}

function bytesOf(job: ScanJob, at: number, start: number, window: Buffer): Buffer {
  return window.subarray(offsetOf(job, at) - start, endOf(job, at) - start);
}

function offsetOf(job: ScanJob, at: number): number {
  return job.offsets[at] ?? 0;
}

function endOf(job: ScanJob, at: number): number {
  return offsetOf(job, at) + (job.lengths[at] ?? 0);
}
