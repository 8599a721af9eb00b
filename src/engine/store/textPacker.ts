const maxPrefix = 24; // characters before the digits
const minDigits = 8;
const maxDigits = 64;
const uuidLength = 36;
const uuidDashes: readonly number[] = [8, 13, 18, 23];
export const maxShapes = 254;
const firstBytes = 1024;
const guessedLengths = 128; // texts shorter than this are guessed to have the shape of the last one of their length

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
  readonly #lastOfLength = new Uint8Array(guessedLengths);
  /** A text before it is packed. */
  #source = Buffer.alloc(firstBytes);

  save(): readonly TextShape[] {
    return this.shapes;
  }

  restore(shapes: readonly TextShape[]): void {
    for (const shape of shapes.slice(this.shapes.length)) {
      this.#shapeOf.set(nameOf(shape), this.shapes.length);
      this.shapes.push(shape);
    }
  }

  /** Its shape. -1: there is no such text, for its shape was never seen; only when it must not be added. */
  pack(text: string, adds: boolean): number {
    const { length } = text;
    this.#reserve(length);
    const source = this.#source;
    for (let at = 0; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code > 0xff) {
        return this.#packWide(text);
      }
      source[at] = code;
    }
    return this.#packNarrow(source, 0, length, adds);
  }

  /** The same for bytes of a text in ASCII. */
  packBytes(source: Uint8Array, start: number, end: number): number {
    this.#reserve(end - start);
    return this.#packNarrow(source, start, end, true);
  }

  #packWide(text: string): number {
    this.#reserve(text.length * 2);
    // units as they are, half a pair too
    this.length = this.bytes.write(text, 'utf16le');
    return wideShape;
  }

  #packNarrow(source: Uint8Array, start: number, end: number, adds: boolean): number {
    const length = end - start;
    const guess = length < guessedLengths ? (this.#lastOfLength[length] ?? 0) : 0;
    // the same prefix and digits behind it: no other shape fits better
    if (guess !== plainShape && this.#packAs(guess, source, start, end)) {
      return guess;
    }
    const digits = length < minDigits ? 0 : digitsOf(source, start, end);
    const shape =
      digits === 0 ? plainShape : this.#findShape(source, start, end - digits, digits, adds);
    if (shape > 0) {
      this.#packAs(shape, source, start, end);
      if (length < guessedLengths) {
        this.#lastOfLength[length] = shape;
      }
    } else if (shape === plainShape) {
      for (let at = 0; at < length; at++) {
        this.bytes[at] = source[start + at] ?? 0;
      }
      this.length = length;
    }
    return shape;
  }

  #findShape(
    source: Uint8Array,
    start: number,
    prefixEnd: number,
    digits: number,
    adds: boolean,
  ): number {
    let prefix = '';
    for (let at = start; at < prefixEnd; at++) {
      prefix += String.fromCharCode(source[at] ?? 0);
    }
    const isUuid = digits === uuidLength;
    const shape = { prefix, isUuid, bytes: isUuid ? 16 : digits / 2 };
    const name = nameOf(shape);
    const known = this.#shapeOf.get(name);
    if (known !== undefined || this.shapes.length >= maxShapes) {
      return known ?? plainShape;
    }
    if (!adds) {
      return -1;
    }
    return this.#add(shape, name);
  }

  /** Number of the shape with this prefix and so many digits, 36 for a UUID; -1: there are too many. */
  shapeFor(prefix: string, digits: number): number {
    const isUuid = digits === uuidLength;
    const shape = { prefix, isUuid, bytes: isUuid ? 16 : digits / 2 };
    const name = nameOf(shape);
    const known = this.#shapeOf.get(name);
    return known ?? (this.shapes.length >= maxShapes ? -1 : this.#add(shape, name));
  }

  #add(shape: TextShape, name: string): number {
    this.shapes.push(shape);
    this.#shapeOf.set(name, this.shapes.length - 1);
    return this.shapes.length - 1;
  }

  /** False when the text has another shape. */
  #packAs(number: number, source: Uint8Array, start: number, end: number): boolean {
    const { prefix, isUuid, bytes: packedBytes } = this.shapes[number] ?? plain;
    const digits = isUuid ? uuidLength : packedBytes * 2;
    if (prefix.length + digits !== end - start) {
      return false;
    }
    for (let at = 0; at < prefix.length; at++) {
      if (source[start + at] !== prefix.charCodeAt(at)) {
        return false;
      }
    }
    const { bytes } = this;
    let from = start + prefix.length;
    for (let to = 0; to < packedBytes; to++) {
      if (isUuid && dashBefore[to] === 1) {
        if (source[from++] !== dash) {
          return false;
        }
      }
      const high = digitValues[source[from++] ?? 0] ?? noDigit;
      const low = digitValues[source[from++] ?? 0] ?? noDigit;
      if ((high | low) >= noDigit) {
        return false;
      }
      bytes[to] = (high << 4) | low;
    }
    this.length = packedBytes;
    return true;
  }

  #reserve(length: number): void {
    if (length > this.bytes.length) {
      const size = 2 ** Math.ceil(Math.log2(length));
      this.bytes = Buffer.alloc(size);
      this.#source = Buffer.alloc(size);
    }
  }
}

function nameOf({ prefix, isUuid, bytes }: TextShape): string {
  return `${isUuid ? uuidLength : bytes * 2}${prefix}`;
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
const noDigit = 0x10;

/** Value of each byte as a hex digit. Small letters only: a text must come back as it was. */
const digitValues = new Uint8Array(256).fill(noDigit);
'0123456789abcdef'.split('').forEach((digit, value) => {
  digitValues[digit.charCodeAt(0)] = value;
});

/** Bytes of a packed UUID before which a dash was. */
const dashBefore = new Uint8Array(16);
[4, 6, 8, 10].forEach(byte => {
  dashBefore[byte] = 1;
});

/** Number of hex digits that a text ends with: 0 when it cannot be packed, 36 for a UUID. */
function digitsOf(source: Uint8Array, start: number, end: number): number {
  const length = end - start;
  let digits = 0;
  while (digits < length && isDigit(source[end - 1 - digits] ?? 0)) {
    digits++;
  }
  if (digits === 12 && length >= uuidLength && isUuid(source, end - uuidLength)) {
    return isPrefix(source, start, end - uuidLength) ? uuidLength : 0;
  }
  digits = Math.min(digits, maxDigits);
  digits -= digits % 2;
  // 36 hex digits are no UUID: they are kept as they are
  return digits >= minDigits && digits !== uuidLength && isPrefix(source, start, end - digits)
    ? digits
    : 0;
}

function isUuid(source: Uint8Array, start: number): boolean {
  for (let at = 0; at < uuidLength; at++) {
    const byte = source[start + at] ?? 0;
    if (uuidDashes.includes(at) ? byte !== dash : !isDigit(byte)) {
      return false;
    }
  }
  return true;
}

function isDigit(byte: number): boolean {
  return (digitValues[byte] ?? noDigit) < noDigit;
}

/** Without digits before the digits: there would be a shape for each number. */
function isPrefix(source: Uint8Array, start: number, end: number): boolean {
  if (end - start > maxPrefix) {
    return false;
  }
  for (let at = start; at < end; at++) {
    const byte = source[at] ?? 0;
    if (byte >= zero && byte <= nine) {
      return false;
    }
  }
  return true;
}
