import type { SpanKind } from '../../model/span';
import type { PatchTable } from './patchTable';

/** Loggers round the same moment differently; counts are exact. */
const toleranceOf = { startTime: 2, durationMs: 2, inputTokens: 0, outputTokens: 0 };
const tolerances = Object.values(toleranceOf);
const maxCompared = 64; // spans of one id that a record is compared with; an id forged thousands of times must not cost a square

/** What a record says that another account of the same call says, too. */
interface Account {
  readonly kind: SpanKind;
  /** Model, trace id, span id; 0: it does not say. */
  readonly texts: readonly number[];
  /** By `toleranceOf`. */
  readonly numbers: readonly (number | undefined)[];
  /** undefined: it does not say. */
  readonly hasFailed: boolean | undefined;
}

/**
 * The spans behind one identity: `whole` records that contradict each other are different spans, whatever their id says;
 * pieces belong to the first. `rows` in file order, every span's rows in file order.
 */
export function splitIdentity(table: PatchTable, rows: readonly number[]): readonly number[][] {
  const calls: Accounts[] = [];
  for (const row of rows.filter(at => table.part(at) === 'whole')) {
    const account = accountIn(table, row);
    const fitting = calls.slice(-maxCompared).find(call => call.agreesWith(account));
    if (fitting) {
      fitting.add(row, account);
    } else {
      calls.push(new Accounts(row, account));
    }
  }
  const spans = calls.map(call => call.rows);
  const pieces = rows.filter(at => table.part(at) !== 'whole');
  if (pieces.length === 0) {
    return spans;
  }
  const first = new Set([...pieces, ...(spans[0] ?? [])]);
  return [rows.filter(row => first.has(row)), ...spans.slice(1)];
}

/**
 * Records of which each two can be accounts of one call. What they say together is kept, so that another one is compared with all of them at
 * once: of an id that is always the same there may be thousands.
 */
class Accounts {
  readonly rows: number[];
  readonly #kind: SpanKind;
  readonly #texts: number[];
  readonly #least: number[];
  readonly #largest: number[];
  #hasFailed: boolean | undefined;

  constructor(row: number, { kind, texts, numbers, hasFailed }: Account) {
    this.rows = [row];
    this.#kind = kind;
    this.#texts = [...texts];
    this.#least = numbers.map(value => value ?? Infinity);
    this.#largest = numbers.map(value => value ?? -Infinity);
    this.#hasFailed = hasFailed;
  }

  /** What only one of them says contradicts nothing. */
  agreesWith({ kind, texts, numbers, hasFailed }: Account): boolean {
    return (
      kind === this.#kind &&
      numbers.every((value, at) => this.#isNear(value, at)) &&
      texts.every((text, at) => text === 0 || this.#texts[at] === 0 || text === this.#texts[at]) &&
      (hasFailed ?? this.#hasFailed) === (this.#hasFailed ?? hasFailed)
    );
  }

  add(row: number, { texts, numbers, hasFailed }: Account): void {
    this.rows.push(row);
    texts.forEach((text, at) => {
      this.#texts[at] ||= text;
    });
    numbers.forEach((value, at) => {
      this.#least[at] = Math.min(this.#least[at] ?? Infinity, value ?? Infinity);
      this.#largest[at] = Math.max(this.#largest[at] ?? -Infinity, value ?? -Infinity);
    });
    this.#hasFailed ??= hasFailed;
  }

  #isNear(value: number | undefined, at: number): boolean {
    const tolerance = tolerances[at] ?? 0;
    return (
      value === undefined ||
      (value - (this.#least[at] ?? Infinity) <= tolerance &&
        (this.#largest[at] ?? -Infinity) - value <= tolerance)
    );
  }
}

function accountIn(table: PatchTable, row: number): Account {
  const status = table.status(row);
  return {
    kind: table.kind(row),
    texts: [table.textId(row, 'model'), table.textId(row, 'traceId'), table.textId(row, 'spanId')],
    numbers: [
      table.number(row, 'startTime'),
      table.number(row, 'durationMs'),
      table.number(row, 'inputTokens'),
      table.number(row, 'outputTokens'),
    ],
    hasFailed: status === 'unknown' ? undefined : status === 'error',
  };
}
