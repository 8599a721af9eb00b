import { textOfBytes, unescape } from './pythonEscapes';
import { type Fields, isFields } from './values';

/** Levels of dicts, lists and tuples. */
const maxDepth = 1000;
// repr writes numbers as JSON does
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])/y;
/** One of these stands in every dict that is not JSON all the same; without them it is JSON that is broken. */
const evidence = /'|\b(?:None|True|False|nan|inf)\b/;
const wordPattern = /[-+]?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/y;
const stringStart = /([bBuU]?)(['"])/y;
const plainText = /[^'"\\\u0000-\u001f]*/y;
const spaces = /[ \t\r\n]*/y;
const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['None', null],
  ['True', true],
  ['False', false],
  ['nan', null],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['-inf', -Infinity],
  ['Ellipsis', '...'],
]);

class NoLiteral extends Error {}

/**
 * The JSON value that stands for a dict as Python's `repr` writes it: `{'a': None, 'x': (1, 2), 'at': datetime.date(2026, 1, 2)}`.
 * Tuples and sets become arrays, bytes text, nan null, numbers beyond 2^53 their digits; calls and `<objects>` stay the text they are.
 * undefined for anything else. Stricter than Python: nothing that `repr` never writes (comments, trailing commas). Linear time.
 */
export function parsePythonDict(text: string): Fields | undefined {
  if (!evidence.test(text)) {
    return undefined;
  }
  const literal = new Literal(text);
  try {
    return literal.wholeDict();
  } catch (error) {
    if (error instanceof NoLiteral) {
      return undefined;
    }
    throw error;
  }
}

class Literal {
  private position = 0;

  constructor(private readonly text: string) {}

  wholeDict(): Fields {
    this.skipSpaces();
    this.expect('{');
    const dict = this.dictOrSet(1);
    this.skipSpaces();
    if (!isFields(dict) || this.position < this.text.length) {
      throw new NoLiteral();
    }
    return dict;
  }

  private value(depth: number): unknown {
    this.skipSpaces();
    switch (this.text[this.position]) {
      case '{':
        this.position++;
        return this.dictOrSet(this.deeper(depth));
      case '[':
        this.position++;
        return this.list(']', this.deeper(depth)).values;
      case '(':
        this.position++;
        return this.tuple(this.deeper(depth));
      case '<':
        return this.balanced(this.position);
      default:
        return this.scalar();
    }
  }

  private deeper(depth: number): number {
    if (depth >= maxDepth) {
      throw new NoLiteral();
    }
    return depth + 1;
  }

  private scalar(): unknown {
    const { position } = this;
    if (this.match(stringStart) !== undefined) {
      this.position = position;
      return this.strings();
    }
    const number = this.match(numberPattern);
    if (number !== undefined) {
      const isExact = !/^[-+]?\d+$/.test(number) || Number.isSafeInteger(Number(number));
      return isExact ? Number(number) : number;
    }
    const word = this.match(wordPattern);
    if (word === undefined) {
      throw new NoLiteral();
    }
    if (this.text[this.position] === '(') {
      return this.balanced(position);
    }
    if (constants.has(word)) {
      return constants.get(word);
    }
    // Role.USER: the repr of some enumerations. A word alone is nothing that Python writes.
    if (!word.includes('.')) {
      throw new NoLiteral();
    }
    return word;
  }

  /** After the opening bracket. */
  private dictOrSet(depth: number): Fields | readonly unknown[] {
    this.skipSpaces();
    if (this.accept('}')) {
      return {};
    }
    const first = this.value(depth);
    this.skipSpaces();
    if (!this.accept(':')) {
      return this.rest([first], '}', depth).values;
    }
    const entries: [string, unknown][] = [[toKey(first), this.value(depth)]];
    for (this.skipSpaces(); this.accept(','); this.skipSpaces()) {
      const key = toKey(this.value(depth));
      this.skipSpaces();
      this.expect(':');
      entries.push([key, this.value(depth)]);
    }
    this.expect('}');
    // fromEntries defines keys, as JSON.parse does: __proto__ is one like any other
    return Object.fromEntries(entries);
  }

  private list(close: string, depth: number): { values: unknown[]; endsWithComma: boolean } {
    this.skipSpaces();
    return this.accept(close)
      ? { values: [], endsWithComma: false }
      : this.rest([this.value(depth)], close, depth);
  }

  /** What follows the first value. */
  private rest(
    values: unknown[],
    close: string,
    depth: number,
  ): { values: unknown[]; endsWithComma: boolean } {
    for (this.skipSpaces(); this.accept(','); this.skipSpaces()) {
      this.skipSpaces();
      if (close === ')' && values.length === 1 && this.accept(close)) {
        return { values, endsWithComma: true };
      }
      values.push(this.value(depth));
    }
    this.expect(close);
    return { values, endsWithComma: false };
  }

  /** `(1,)` is a tuple, `('a' 'b')` is a text in brackets. */
  private tuple(depth: number): unknown {
    const { values, endsWithComma } = this.list(')', depth);
    return values.length === 1 && !endsWithComma ? values[0] : values;
  }

  /** One text, or several with white space between them, as pprint breaks a long one. */
  private strings(): string {
    let result = this.string();
    for (;;) {
      const { position } = this;
      this.skipSpaces();
      const isNext = this.position > position && `'"bBuU`.includes(this.text[this.position] ?? ' ');
      if (!isNext) {
        return result;
      }
      result += this.string();
    }
  }

  private string(): string {
    const opening = this.match(stringStart);
    if (opening === undefined) {
      throw new NoLiteral();
    }
    const quote = opening.at(-1) ?? '';
    const start = this.position;
    let hasEscapes = false;
    for (;;) {
      this.match(plainText);
      const character = this.text[this.position];
      if (character === quote) {
        break;
      }
      if (character === undefined || character < ' ') {
        throw new NoLiteral();
      }
      hasEscapes ||= character === '\\';
      this.position += character === '\\' ? 2 : 1;
    }
    const raw = this.text.slice(start, this.position++);
    const isBytes = opening.toLowerCase().startsWith('b');
    const unescaped = hasEscapes ? unescape(raw, isBytes) : raw;
    if (unescaped === undefined) {
      throw new NoLiteral();
    }
    return isBytes ? textOfBytes(unescaped) : unescaped;
  }

  /** The text from `start` to the end of the brackets that open here; brackets in quotes do not count. */
  private balanced(start: number): string {
    let depth = 0;
    do {
      const character = this.text[this.position];
      if (character === undefined) {
        throw new NoLiteral();
      }
      if (character === "'" || character === '"') {
        this.string();
        continue;
      }
      depth += '([{<'.includes(character) ? 1 : ')]}>'.includes(character) ? -1 : 0;
      this.position++;
    } while (depth > 0);
    return this.text.slice(start, this.position);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    this.position += found?.length ?? 0;
    return found;
  }

  private skipSpaces(): void {
    this.match(spaces);
  }

  private accept(character: string): boolean {
    const isThere = this.text[this.position] === character;
    this.position += isThere ? 1 : 0;
    return isThere;
  }

  private expect(character: string): void {
    if (!this.accept(character)) {
      throw new NoLiteral();
    }
  }
}

function toKey(key: unknown): string {
  return typeof key === 'string' ? key : JSON.stringify(key);
}
