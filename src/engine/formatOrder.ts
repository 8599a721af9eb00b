import type { LogFormat, ReadContext } from '../formats/format';
import { PossibleFormats } from './possibleFormats';
import type { ParsedRecord } from './recordSink';

/** What the order depends on that is known of a file. */
export interface AskedFile {
  /** Formats in the order in which they are asked for its next JSON record; undefined before one that is not a fallback has read any. */
  candidates: readonly number[] | undefined;
  /** Whether a reader of it may claim, by its memory, what it would not without. */
  hasSpecificReader: boolean;
}

/** In which order formats are asked whose a record is. They are known by their indices. */
export class FormatOrder {
  readonly #formats: readonly LogFormat[];
  /** Specific formats in the order of the list, then the generic ones; the mapped one stands at the beginning of the list. */
  readonly #all: readonly number[];
  readonly #possible: PossibleFormats;
  /** By the format that read the last record, so that files of one format share them. */
  readonly #after = new Map<number, readonly number[]>();
  /** Formats that are asked even before the one that read the last record. */
  readonly #first: readonly number[];

  constructor(formats: readonly LogFormat[]) {
    this.#formats = formats;
    const indices = formats.map((_format, index) => index);
    const isFallback = (index: number) => isFallbackFormat(formats[index]);
    this.#first = indices.filter(index => isFirstFormat(formats[index]));
    this.#all = [
      ...indices.filter(index => !isFallback(index)),
      ...indices.filter(index => isFallback(index)),
    ];
    this.#possible = new PossibleFormats(formats, this.#all);
  }

  of(
    record: Pick<ParsedRecord, 'container' | 'textFormat' | 'value'>,
    context: ReadContext,
    { candidates, hasSpecificReader }: AskedFile,
  ): readonly number[] {
    if (record.container === 'text') {
      const index = this.#formats.findIndex(format => format.id === record.textFormat);
      return index < 0 ? [] : [index];
    }
    return candidates ?? (hasSpecificReader ? this.#all : this.#possible.of(record.value, context));
  }

  /** For the records that follow one of this format; undefined: of a fallback, after which any may come. */
  after(format: number): readonly number[] | undefined {
    if (isFallbackFormat(this.#formats[format])) {
      return undefined;
    }
    const known = this.#after.get(format);
    const order = known ?? [...this.#first, format, ...this.#all];
    if (known === undefined) {
      this.#after.set(format, order);
    }
    return order;
  }
}

export function isFallbackFormat(format: LogFormat | undefined): boolean {
  return format?.container === 'json' && format.fallback === true;
}

function isFirstFormat(format: LogFormat | undefined): boolean {
  return format?.container === 'json' && format.first === true;
}
