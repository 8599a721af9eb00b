import { hashNumbers } from './bytes';
import { Column, type ColumnState, rowsTogether } from './columns';
import {
  fromOfForm,
  identityFrom,
  joinIdentity,
  prefixOfForm,
  splitIdentityText,
} from './identity';
import type { BatchColumn, RowBatch } from './rowBatch';
import type { StringTable } from './stringTable';

/** Prefix, scope and id of an identity, by their numbers: see `IdentityParts`. */
export type IdentityNumbers = readonly [prefix: number, scope: number, id: number];

export interface IdentityState {
  readonly scope: ColumnState;
  readonly id: ColumnState;
}

/** How rows keep their identities: see `identityForm`. */
export interface IdentityForms {
  of(row: number): number;
  /** The same of `count` rows from `first` on. */
  read(first: number, count: number, into: Float64Array): void;
}

// of the rows that are read together; shared: they are read in one go
const forms = new Float64Array(rowsTogether);
const ownIds = new Float64Array(rowsTogether);
const requestIds = new Float64Array(rowsTogether);
const spanIds = new Float64Array(rowsTogether);

/** The spans' own ids: made of the ids of their rows, with columns of their own only for what is not there. */
export class IdentityColumns {
  readonly #strings: StringTable;
  readonly #ids: Readonly<Record<'requestId' | 'traceId' | 'spanId', Column>>;
  readonly #forms: IdentityForms;
  readonly #scope = new Column('id');
  readonly #id = new Column('id');
  readonly #numbers: [number, number, number] = [0, 0, 0];

  constructor(
    strings: StringTable,
    ids: Readonly<Record<'requestId' | 'traceId' | 'spanId', Column>>,
    forms: IdentityForms,
  ) {
    this.#strings = strings;
    this.#ids = ids;
    this.#forms = forms;
  }

  save(): IdentityState {
    return { scope: this.#scope.save(), id: this.#id.save() };
  }

  restore({ scope, id }: IdentityState): void {
    this.#scope.restore(scope);
    this.#id.restore(id);
  }

  /** Those that hold numbers of texts. */
  get texts(): readonly Column[] {
    return [this.#scope, this.#id];
  }

  /** What the ids of the row do not say; zeros where they do. */
  set(row: number, scope: number, id: number): void {
    this.#scope.set(row, scope);
    this.#id.set(row, id);
  }

  /** `count` rows from `first` on are in no use any more. */
  unset(first: number, count: number): void {
    this.#scope.unset(first, count);
    this.#id.unset(first, count);
  }

  /** Its columns and those of a batch. */
  pairs(fields: RowBatch['fields']): readonly (readonly [Column, BatchColumn])[] {
    return [
      [this.#scope, fields.identityScope],
      [this.#id, fields.identityId],
    ];
  }

  has(row: number): boolean {
    return this.#forms.of(row) !== 0;
  }

  /** With the prefix that says which kind of id it is. */
  text(row: number): string | undefined {
    if (!this.has(row)) {
      return undefined;
    }
    const [prefix, scope, id] = this.#read(row);
    return joinIdentity(prefix, this.#strings.text(scope) ?? '', this.#strings.text(id) ?? '');
  }

  /** Equal for rows of one identity, and seldom for others. */
  hash(row: number): number {
    return this.hashOf(this.#read(row));
  }

  hashOf(numbers: IdentityNumbers): number {
    return hashNumbers(numbers, numbers.length);
  }

  /** Number of the id, without prefix and scope. */
  id(row: number): number {
    return this.#read(row)[2];
  }

  /** The same of `count` rows from `first` on, -1 where a row has no identity; no more than `rowsTogether`. */
  readIds(first: number, count: number, into: Float64Array): void {
    const { requestId, spanId } = this.#ids;
    this.#forms.read(first, count, forms);
    this.#id.read(first, count, ownIds);
    requestId.read(first, count, requestIds);
    spanId.read(first, count, spanIds);
    for (let at = 0; at < count; at++) {
      const form = forms[at] ?? 0;
      into[at] = form === 0 ? -1 : (idsFrom(fromOfForm(form))[at] ?? 0);
    }
  }

  areSame(one: number, other: number): boolean {
    const [prefix, scope, id] = this.#read(one);
    const numbers = this.#read(other);
    return prefix === numbers[0] && scope === numbers[1] && id === numbers[2];
  }

  is(row: number, numbers: IdentityNumbers): boolean {
    const [prefix, scope, id] = this.#read(row);
    return prefix === numbers[0] && id === numbers[2] && scope === numbers[1];
  }

  /** undefined: no row has said it. */
  find(identity: string): IdentityNumbers | undefined {
    const parts = splitIdentityText(identity);
    const scope = parts.scope === '' ? 0 : this.#strings.find(parts.scope);
    const id = this.#strings.find(parts.id);
    return id === 0 || (scope === 0 && parts.scope !== '') ? undefined : [parts.prefix, scope, id];
  }

  /** The same array each time: there may be a million rows. */
  #read(row: number): IdentityNumbers {
    const form = this.#forms.of(row);
    const numbers = this.#numbers;
    const from = fromOfForm(form);
    numbers[0] = prefixOfForm(form);
    numbers[1] = 0;
    if (from === identityFrom.own) {
      numbers[1] = this.#scope.get(row);
      numbers[2] = this.#id.get(row);
    } else if (from === identityFrom.requestId) {
      numbers[2] = this.#ids.requestId.get(row);
    } else {
      numbers[1] = from === identityFrom.traceAndSpan ? this.#ids.traceId.get(row) : 0;
      numbers[2] = this.#ids.spanId.get(row);
    }
    return numbers;
  }
}

/** Where the id of an identity is among the ids that were read of some rows. */
function idsFrom(from: number): Float64Array {
  switch (from) {
    case identityFrom.own:
      return ownIds;
    case identityFrom.requestId:
      return requestIds;
    default:
      return spanIds;
  }
}

/** Of a row of a batch the number of the id that its identity is made of; -1: it has none. */
export function identityOf(
  from: number | undefined,
  fields: RowBatch['fields'],
  row: number,
): number {
  switch (from) {
    case undefined:
      return -1;
    case identityFrom.own:
      return fields.identityId.get(row);
    case identityFrom.requestId:
      return fields.requestId.get(row);
    default:
      return fields.spanId.get(row);
  }
}
