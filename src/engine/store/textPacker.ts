const maxPrefix = 24; // characters before the digits
const minDigits = 8;
const maxDigits = 64;
const uuidLength = 36;
const uuidDashes: readonly number[] = [8, 13, 18, 23];
const maxShapes = 254;
const firstBytes = 1024;

/** Texts of a shape differ in their digits alone: `call_` and 12 hex digits, or a UUID. */
export interface TextShape {
  readonly prefix: string;
  readonly isUuid: boolean;
  /** Of a packed text. 0: any length. */
  readonly bytes: number;
}

/** Shape of texts that are kept as they are, a byte a character. */
export const plainShape = 0;
/** The same with characters beyond U+00FF: two bytes each. */
export const wideShape = 1;

/**
 * Packs a text into bytes: two hex digits into one, other characters into one each, or two. What is the same text has the same shape and
 * bytes, as long as the packer lives. `bytes` and `length` hold the text that was packed last.
 */
export class TextPacker {
  readonly shapes: TextShape[] = [plain, plain];
  bytes = Buffer.alloc(firstBytes);
  length = 0;
  readonly #shapeOf = new Map<string, number>();
  /** Shape that texts of this length had last: nearly always it is the same again. */
  readonly #lastOfLength = new Uint8Array(256);

  /** Its shape. -1: there is no such text, for its shape was never seen; only when it must not be added. */
  pack(text: string, adds: boolean): number {
    const { length } = text;
    this.#reserve(length);
    const { bytes } = this;
    for (let at = 0; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code > 0xff) {
        return this.#packWide(text);
      }
      bytes[at] = code;
    }
    return this.#packNarrow(length, adds);
  }

  /** The same for bytes of a text in ASCII. */
  packBytes(source: Uint8Array, start: number, end: number): number {
    const length = end - start;
    this.#reserve(length);
    const { bytes } = this;
    for (let at = 0; at < length; at++) {
      bytes[at] = source[start + at] ?? 0;
    }
    return this.#packNarrow(length, true);
  }

  #packWide(text: string): number {
    this.#reserve(text.length * 2);
    // units as they are, half a pair too
    this.length = this.bytes.write(text, 'utf16le');
    return wideShape;
  }

  #packNarrow(length: number, adds: boolean): number {
    const digits = length < minDigits ? 0 : this.#digitsOf(length);
    if (digits === 0) {
      this.length = length;
      return plainShape;
    }
    const prefixLength = digits === uuidLength ? length - uuidLength : length - digits;
    const shape = this.#findShape(prefixLength, digits, length, adds);
    if (shape === plainShape) {
      this.length = length;
    } else if (shape > 0) {
      this.#packDigits(prefixLength, length);
    }
    return shape;
  }

  /** Number of hex digits that the text ends with: 0 when it cannot be packed, 36 for a UUID. */
  #digitsOf(length: number): number {
    const { bytes } = this;
    let digits = 0;
    while (digits < length && isDigit(bytes[length - 1 - digits] ?? 0)) {
      digits++;
    }
    if (digits === 12 && length >= uuidLength && this.#isUuid(length - uuidLength)) {
      return isPrefix(bytes, length - uuidLength) ? uuidLength : 0;
    }
    digits = Math.min(digits, maxDigits);
    digits -= digits % 2;
    // 36 hex digits are no UUID: they are kept as they are
    return digits >= minDigits && digits !== uuidLength && isPrefix(bytes, length - digits)
      ? digits
      : 0;
  }

  #isUuid(start: number): boolean {
    for (let at = 0; at < uuidLength; at++) {
      const byte = this.bytes[start + at] ?? 0;
      if (uuidDashes.includes(at) ? byte !== dash : !isDigit(byte)) {
        return false;
      }
    }
    return true;
  }

  #findShape(prefixLength: number, digits: number, length: number, adds: boolean): number {
    const last = this.#lastOfLength[length & 0xff] ?? 0;
    const shape = this.shapes[last];
    if (shape !== undefined && this.#has(shape, prefixLength, digits)) {
      return last;
    }
    const prefix = this.bytes.toString('latin1', 0, prefixLength);
    const name = `${digits}${prefix}`;
    const known = this.#shapeOf.get(name);
    if (known !== undefined) {
      this.#lastOfLength[length & 0xff] = known;
      return known;
    }
    if (this.shapes.length >= maxShapes) {
      return plainShape;
    }
    if (!adds) {
      return -1;
    }
    const isUuid = digits === uuidLength;
    this.shapes.push({ prefix, isUuid, bytes: isUuid ? 16 : digits / 2 });
    this.#shapeOf.set(name, this.shapes.length - 1);
    return this.shapes.length - 1;
  }

  #has(shape: TextShape, prefixLength: number, digits: number): boolean {
    const { prefix, isUuid } = shape;
    if (
      prefix.length !== prefixLength ||
      isUuid !== (digits === uuidLength) ||
      (!isUuid && shape.bytes * 2 !== digits)
    ) {
      return false;
    }
    for (let at = 0; at < prefixLength; at++) {
      if (prefix.charCodeAt(at) !== this.bytes[at]) {
        return false;
      }
    }
    return true;
  }

  /** In place: what is written lies before what is read. */
  #packDigits(start: number, end: number): void {
    const { bytes } = this;
    let to = 0;
    for (let at = start; at < end; at += 2) {
      if (bytes[at] === dash) {
        at++;
      }
      bytes[to++] = (digitOf(bytes[at] ?? 0) << 4) | digitOf(bytes[at + 1] ?? 0);
    }
    this.length = to;
  }

  #reserve(length: number): void {
    if (length > this.bytes.length) {
      this.bytes = Buffer.alloc(2 ** Math.ceil(Math.log2(length)));
    }
  }
}

/** The text that was packed: `bytes` from `start` on. */
export function unpack(shape: TextShape, bytes: Buffer, start: number): string {
  const digits = bytes.toString('hex', start, start + shape.bytes);
  return shape.isUuid
    ? `${shape.prefix}${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`
    : shape.prefix + digits;
}

const plain: TextShape = { prefix: '', isUuid: false, bytes: 0 };
const dash = 0x2d;
const zero = 0x30;
const nine = 0x39;
const letterA = 0x61;
const letterF = 0x66;

/** Small letters only: a text must come back as it was. */
function isDigit(byte: number): boolean {
  return (byte >= zero && byte <= nine) || (byte >= letterA && byte <= letterF);
}

function digitOf(byte: number): number {
  return byte <= nine ? byte - zero : byte - letterA + 10;
}

/** Without digits before the digits: there would be a shape for each number. */
function isPrefix(bytes: Uint8Array, length: number): boolean {
  if (length > maxPrefix) {
    return false;
  }
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= zero && byte <= nine) {
      return false;
    }
  }
  return true;
}
