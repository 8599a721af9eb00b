import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstPlan, LineScanner, look } from '../../../src/engine/scan/lineScanner';
import { ScannedIds } from '../../../src/engine/scan/scannedIds';
import { ScannedRows } from '../../../src/engine/scan/scannedRows';
import { hashSecrets, useHashSecrets } from '../../../src/engine/store/bytes';
import { StringTable } from '../../../src/engine/store/stringTable';

const names = ['one', 'two'] as const;
type Line = Readonly<Record<(typeof names)[number], string>>;

const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'.split('')), {
      minLength: length,
      maxLength: length,
    })
    .map(digits => digits.join(''));
const uuid = fc.tuple(hex(8), hex(4), hex(4), hex(4), hex(12)).map(groups => groups.join('-'));
const texts = fc.oneof(
  fc
    .tuple(fc.constantFrom('call_', '', 'sess-', 'é', 'face', 'a1', 'x'.repeat(25)), hex(12))
    .map(parts => parts.join('')),
  fc.tuple(fc.constantFrom('', 'req_', '0'), uuid).map(parts => parts.join('')),
  fc.nat(70).chain(hex),
  uuid.map(text => text.replace('-', '0')),
  hex(32).map(digits => digits.toUpperCase()),
  fc.constantFrom('', '-', '00000000', '__proto__', 'tool python', '\\', 'ÿ', 'Ā'),
  fc.string({ unit: 'binary-ascii', maxLength: 140 }),
  fc.nat(3).map(number => `few_${number}`),
);

/** A scanner of lines of two texts. */
class Scans {
  readonly table = new StringTable();
  readonly scanner = new LineScanner();
  readonly #rows = new ScannedRows();
  readonly #ids = new ScannedIds(this.table);
  #shapes = 0;

  constructor() {
    names.forEach((name, slot) => {
      const hash = this.scanner.field(this.scanner.root, name) ?? 0n;
      const flags = look.value | look.opaque;
      this.scanner.learn({ about: 'path', hash, flags, slot, limit: 0 });
    });
  }

  /**
   * Gives the texts of the lines and what their numbers are; -1 where the scanner leaves a text to others. `together`: rows whose texts are looked for
   * together before, those of every third row left out.
   */
  read(
    lines: readonly Line[],
    isShared = true,
    together = 0,
  ): (readonly [text: string, id: number])[] {
    const bytes = Buffer.from(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
    const found: (readonly [string, number])[] = [];
    const { scanner } = this;
    scanner.load(bytes);
    for (let at = 0; at < bytes.length;) {
      const rows = scanner.scan(at, bytes.length, 0);
      this.#rows.show(scanner.memory, scanner.area);
      this.#ids.show(scanner.memory, scanner.area);
      for (let row = 0; row < rows; row++) {
        if (together > 0 && row % together === 0) {
          this.#ids.resolve(row, Math.min(together, rows - row), (each, slot) => {
            assert.ok(each >= row && each < row + together && slot < names.length);
            return each % 3 !== 0;
          });
        }
        names.forEach((_, slot) =>
          found.push([this.#rows.text(row, slot), this.#ids.idOf(row, slot, isShared)]),
        );
      }
      at = scanner.position;
      if (scanner.stop === 'unknown') {
        const number = firstPlan + this.#shapes++;
        scanner.learn({ about: 'shape', shape: scanner.shape, number });
      } else if (scanner.stop === 'plain') {
        at = bytes.indexOf('\n', at) + 1;
      }
    }
    return found;
  }

  /** The same of the first rows of lines that were read before: of the same scan before and after nobody refers to its texts, and others come. */
  readAgain(lines: readonly Line[], others: readonly string[]): (readonly [string, number])[] {
    const bytes = Buffer.from(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
    const { scanner, table } = this;
    scanner.load(bytes);
    const rows = scanner.scan(0, bytes.length, 0);
    this.#rows.show(scanner.memory, scanner.area);
    this.#ids.show(scanner.memory, scanner.area);
    const all = () =>
      Array.from({ length: rows }, (_, row) =>
        names.map(
          (_name, slot) =>
            [this.#rows.text(row, slot), this.#ids.idOf(row, slot, slot === 0)] as const,
        ),
      ).flat();
    all();
    table.beginMarking();
    [...table.sweep()].forEach(() => {});
    others.forEach(text => table.id(text));
    this.#ids.forget(rows);
    return all();
  }
}

describe('ids that a scanner has packed', () => {
  it('are those of the same texts as strings, whoever comes first', () => {
    let plain = 0;
    fc.assert(
      fc.property(
        fc.array(fc.record({ one: texts, two: texts }), { maxLength: 30 }),
        fc.array(texts, { maxLength: 10 }),
        fc.nat(8),
        (lines, before, together) => {
          const scans = new Scans();
          const { table } = scans;
          before.forEach(text => table.id(text));
          for (const [text, id] of scans.read([...lines, ...lines], true, together)) {
            if (id >= 0) {
              plain++;
              assert.equal(table.text(id), text);
              assert.equal(table.id(text), id);
              assert.equal(table.find(text), id);
            } else {
              assert.ok(
                text.length > 128 || /[^ -~\x7f]|["\\]/.test(JSON.stringify(text).slice(1, -1)),
              );
            }
          }
        },
      ),
      { numRuns: 300 },
    );
    assert.ok(plain > 1000, `${plain}`);
  });

  it('are looked for again where others may have their numbers', () => {
    let plain = 0;
    fc.assert(
      fc.property(
        fc.array(fc.record({ one: texts, two: texts }), { maxLength: 20 }),
        fc.array(texts, { maxLength: 40 }),
        (lines, others) => {
          const scans = new Scans();
          scans.read(lines);
          for (const [text, id] of scans.readAgain(lines, others)) {
            plain += id >= 0 ? 1 : 0;
            assert.ok(id === -1 || scans.table.text(id) === text);
          }
        },
      ),
      { numRuns: 200 },
    );
    assert.ok(plain > 500, `${plain}`);
  });

  it('are given back as they were where nobody looks for them', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ one: texts, two: texts }), { maxLength: 30 }), lines => {
        const scans = new Scans();
        for (const [text, id] of scans.read(lines, false)) {
          assert.ok(id === -1 || scans.table.text(id) === text);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are right when there are more shapes of them than the scanner or the table remembers', () => {
    const scans = new Scans();
    const lines = Array.from({ length: 2000 }, (_, at) => {
      const letters = String.fromCharCode(103 + (at % 20), 103 + ((at / 20) % 20), 103 + at / 400);
      const one = `${letters}_${String(at).padStart(8, '0')}`;
      return { one, two: `${letters}-${one}` };
    });
    for (const round of [1, 2]) {
      const found = scans.read(lines, true, 100 * (round - 1));
      assert.equal(found.length, 2 * lines.length, `${round}`);
      for (const [text, id] of found) {
        assert.equal(scans.table.text(id), text);
        assert.equal(scans.table.id(text), id);
      }
    }
  });

  it('are found when there are very many, also when more or fewer come than was expected', () => {
    for (const expected of [1, 3, 1000]) {
      const scans = new Scans();
      const name = (at: number) => `call_${(at * 2654435761).toString(16).padStart(14, '0')}`;
      const lines = Array.from({ length: 20_000 }, (_, at) => ({
        one: name(at),
        two: name(at >> 2),
      }));
      for (let at = 0; at < lines.length; at += 1000) {
        scans.table.expect(expected);
        scans.read(lines.slice(at, at + 1000));
      }
      const ids = lines.map(({ one }) => scans.table.find(one));
      assert.equal(new Set(ids).size, lines.length);
      assert.ok(ids.every((id, at) => scans.table.text(id) === name(at)));
    }
  });

  it('are found after hashes of another process were taken up', () => {
    const secrets = hashSecrets();
    try {
      const scans = new Scans();
      useHashSecrets([1, 3, 5]);
      const line = { one: 'call_0123456789ab', two: 'name' };
      const id = scans.table.id(line.one);
      assert.deepEqual(scans.read([line])[0], [line.one, id]);
    } finally {
      useHashSecrets(secrets);
    }
  });
});
