import type { Encoding } from './encoding';

export type SniffResult =
  | { readonly isText: true; readonly encoding: Encoding }
  /** `container`: it is read all the same, unpacked. */
  | {
      readonly isText: false;
      readonly message: string;
      readonly container?: Container | undefined;
    };

/** Kinds of files whose content is read after it was unpacked. */
export type Container = 'gzip' | 'zstd' | 'zip' | 'sqlite';

interface Signature {
  readonly bytes: readonly number[];
  readonly message: string;
  readonly container?: Container;
}

/** First bytes of files that people keep beside logs, and what to say of them. */
const signatures: readonly Signature[] = [
  {
    bytes: [0x1f, 0x8b],
    message: 'Compressed with gzip: unpack it to read it.',
    container: 'gzip',
  },
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    message: 'A zip archive: unpack it to read it.',
    container: 'zip',
  },
  {
    bytes: [0x28, 0xb5, 0x2f, 0xfd],
    message: 'Compressed with Zstandard: unpack it to read it.',
    container: 'zstd',
  },
  { bytes: [0x42, 0x5a, 0x68], message: 'Compressed with bzip2: unpack it to read it.' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], message: 'Compressed with xz: unpack it to read it.' },
  {
    bytes: [...Buffer.from('SQLite format 3\0')],
    message: 'An SQLite database, not a text log.',
    container: 'sqlite',
  },
  { bytes: [...Buffer.from('PAR1')], message: 'A Parquet file, not a text log.' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], message: 'An image, not a log.' },
  { bytes: [0xff, 0xd8, 0xff], message: 'An image, not a log.' },
  { bytes: [...Buffer.from('%PDF-')], message: 'A PDF, not a log.' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], message: 'A program, not a log.' },
];
export const containerHeadBytes = 16;
const binaryMessage = 'Binary data, not a text log.';
/** How much of the head is judged. Bytes. */
const sniffBytes = 64 * 1024;
/** Broken characters are common in logs, a tenth of all characters is not. */
const maxBrokenShare = 0.1;
const fewBroken = 3;

/** Judges the first bytes of a file. Runs of NUL around lines are holes of a crash or a rotation, not binary data. */
export function sniff(head: Buffer): SniffResult {
  const known = signatureOf(head);
  if (known !== undefined) {
    return { isText: false, message: known.message, container: known.container };
  }
  const encoding = encodingOf(head);
  if (encoding !== 'utf8') {
    return { isText: true, encoding };
  }
  return looksBinary(head.subarray(0, sniffBytes))
    ? { isText: false, message: binaryMessage }
    : { isText: true, encoding };
}

/** What the first `containerHeadBytes` of a file say that it is to be unpacked as. */
export function containerOf(head: Buffer): Container | undefined {
  return signatureOf(head)?.container;
}

function signatureOf(head: Buffer): Signature | undefined {
  return signatures.find(signature => signature.bytes.every((byte, i) => head[i] === byte));
}

/** By the byte order mark, or by the NUL in every other byte where the mark is missing. */
export function encodingOf(head: Buffer): Encoding {
  const [first, second, third, fourth] = head;
  if (
    (first === 0xff && second === 0xfe) ||
    (isAscii(first) && second === 0 && isAscii(third) && fourth === 0)
  ) {
    return 'utf16le';
  }
  if (
    (first === 0xfe && second === 0xff) ||
    (first === 0 && isAscii(second) && third === 0 && isAscii(fourth))
  ) {
    return 'utf16be';
  }
  return 'utf8';
}

function isAscii(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0 && byte < 0x80;
}

function looksBinary(head: Buffer): boolean {
  const text = head.toString('utf8');
  const cleaned = text.replace(/\0+/g, (run, at: number) => {
    const before = text[at - 1];
    const after = text[at + run.length];
    const isHole = isEdge(before) || isEdge(after) || after === '{' || before === '}';
    return isHole ? '' : '\0';
  });
  if (cleaned.includes('\0')) {
    return true;
  }
  // not by a loop: this is the first that a new thread does with a file
  const broken = cleaned.split('\ufffd').length - 1;
  return broken > Math.max(fewBroken, maxBrokenShare * cleaned.length);
}

function isEdge(character: string | undefined): boolean {
  return character === undefined || character === '\n' || character === '\r';
}
