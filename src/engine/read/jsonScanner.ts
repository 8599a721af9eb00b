/** Where the scan stands; positions are in the bytes of that call. */
export type ScanResult =
  | { readonly kind: 'value'; readonly end: number }
  | { readonly kind: 'open'; readonly inString: boolean; readonly afterColon: boolean }
  | { readonly kind: 'error'; readonly at: number; readonly problem: string };

type Expectation =
  | 'value'
  | 'valueOrEnd'
  | 'key'
  | 'keyOrEnd'
  | 'colon'
  | 'commaOrEnd'
  | 'string'
  | 'literal';

const scalarPattern =
  /^(?:true|false|null|NaN|-?Infinity|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/;
/** Numbers of more digits exist in no log; the bound keeps the scanner's memory small. */
const maxLiteralBytes = 4096;

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openArray = 0x5b;
const backslash = 0x5c;
const closeArray = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/**
 * Finds the end of one JSON value in bytes that may come in pieces, and the first byte that breaks the grammar. As
 * strict as JSON.parse, but for NaN and Infinity, which Python writes.
 */
export class JsonScanner {
  private readonly closers: number[] = [];
  private expectation: Expectation = 'value';
  private isKey = false;
  /** Bytes of an escape still to come: 1 after a backslash, 4 to 1 in a \u escape (negative). */
  private escape = 0;
  private literal = '';

  constructor(private readonly maxDepth: number) {}

  /** Goes on at `from`; call it again with the bytes that follow after an `open`. */
  scan(bytes: Uint8Array, from: number, to: number): ScanResult {
    let position = from;
    while (position < to) {
      if (this.expectation === 'string') {
        const end = this.scanString(bytes, position, to);
        if (typeof end !== 'number') {
          return end;
        }
        position = end;
        if (this.isDone()) {
          return { kind: 'value', end: position };
        }
        continue;
      }
      const byte = bytes[position] ?? 0;
      if (this.expectation === 'literal') {
        if (!isDelimiter(byte)) {
          this.literal += String.fromCharCode(byte);
          if (this.literal.length > maxLiteralBytes) {
            return { kind: 'error', at: position, problem: 'a number is too long' };
          }
          position++;
          continue;
        }
        if (!scalarPattern.test(this.literal)) {
          return this.badLiteral(position);
        }
        this.expectation = 'commaOrEnd';
        if (this.closers.length === 0) {
          return { kind: 'value', end: position };
        }
      }
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
        position++;
        continue;
      }
      const problem = this.take(byte);
      if (problem !== undefined) {
        return { kind: 'error', at: position, problem };
      }
      position++;
      if (this.isDone()) {
        return { kind: 'value', end: position };
      }
    }
    return {
      kind: 'open',
      inString: this.expectation === 'string',
      afterColon: this.expectation === 'colon' || (this.expectation === 'value' && this.inObject()),
    };
  }

  private isDone(): boolean {
    return this.closers.length === 0 && this.expectation === 'commaOrEnd';
  }

  private inObject(): boolean {
    return this.closers.at(-1) === closeObject;
  }

  private badLiteral(position: number): ScanResult {
    const problem = `unexpected ${JSON.stringify(this.literal.slice(0, 20))}`;
    return { kind: 'error', at: Math.max(0, position - this.literal.length), problem };
  }

  /** Takes one byte that is not white space; returns what is wrong with it. */
  private take(byte: number): string | undefined {
    switch (this.expectation) {
      case 'colon':
        if (byte !== colon) {
          return "expected ':' after a key";
        }
        this.expectation = 'value';
        return undefined;
      case 'key':
      case 'keyOrEnd':
        if (byte === quote) {
          this.startString(true);
          return undefined;
        }
        if (byte === closeObject && this.expectation === 'keyOrEnd') {
          return this.close(byte);
        }
        return 'expected a key in double quotes';
      case 'commaOrEnd':
        if (byte === comma) {
          this.expectation = this.inObject() ? 'key' : 'value';
          return undefined;
        }
        return this.close(byte);
      case 'valueOrEnd':
        return byte === closeArray ? this.close(byte) : this.startValue(byte);
      default:
        return this.startValue(byte);
    }
  }

  private startString(isKey: boolean): void {
    this.isKey = isKey;
    this.escape = 0;
    this.expectation = 'string';
  }

  private startValue(byte: number): string | undefined {
    if (byte === quote) {
      this.startString(false);
      return undefined;
    }
    if (byte === openObject || byte === openArray) {
      if (this.closers.length >= this.maxDepth) {
        return `nested deeper than ${this.maxDepth} levels`;
      }
      this.closers.push(byte === openObject ? closeObject : closeArray);
      this.expectation = byte === openObject ? 'keyOrEnd' : 'valueOrEnd';
      return undefined;
    }
    if (isDelimiter(byte)) {
      return 'expected a value';
    }
    this.literal = String.fromCharCode(byte);
    this.expectation = 'literal';
    return undefined;
  }

  private close(byte: number): string | undefined {
    if (this.closers.at(-1) !== byte) {
      return this.inObject() ? "expected ',' or '}'" : "expected ',' or ']'";
    }
    this.closers.pop();
    this.expectation = 'commaOrEnd';
    return undefined;
  }

  /** Returns the position after the closing quote, or what stopped it. */
  private scanString(bytes: Uint8Array, from: number, to: number): number | ScanResult {
    for (let position = from; position < to; position++) {
      const byte = bytes[position] ?? 0;
      if (byte < 0x20) {
        const problem = byte === 0x0a ? 'a text is not closed' : 'a control character in a text';
        return { kind: 'error', at: position, problem };
      }
      if (this.escape !== 0) {
        const isFine = this.escape === 1 ? isEscapable(byte) : isHex(byte);
        if (!isFine) {
          return { kind: 'error', at: position, problem: 'a bad escape in a text' };
        }
        this.escape = this.escape === 1 ? (byte === 0x75 ? -4 : 0) : this.escape + 1;
        continue;
      }
      if (byte === backslash) {
        this.escape = 1;
      }
      if (byte === quote) {
        this.expectation = this.isKey ? 'colon' : 'commaOrEnd';
        return position + 1;
      }
    }
    return { kind: 'open', inString: true, afterColon: false };
  }
}

function isDelimiter(byte: number): boolean {
  return (
    byte <= 0x20 ||
    byte === comma ||
    byte === colon ||
    byte === closeArray ||
    byte === closeObject ||
    byte === quote ||
    byte === openArray ||
    byte === openObject
  );
}

function isHex(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x46) ||
    (byte >= 0x61 && byte <= 0x66)
  );
}

/** One of " \ / b f n r t u. */
function isEscapable(byte: number): boolean {
  return '"\\/bfnrtu'.includes(String.fromCharCode(byte));
}
