import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineScanner, look } from '../../../src/engine/scan/lineScanner';
import { ScannedRows } from '../../../src/engine/scan/scannedRows';
import { toTime } from '../../../src/formats/fields/time';

describe('scanner of lines', () => {
  const scanner = new LineScanner();

  /** Whether the scanner takes the bytes for a line of JSON. */
  function accepts(line: Uint8Array): boolean {
    const bytes = Buffer.concat([line, Buffer.from('\n')]);
    scanner.load(bytes);
    return scanner.scan(0, bytes.length, 0) === 0 && scanner.stop === 'unknown';
  }

  /** What is in a slot of the line that was scanned last. */
  function number(slot: number): number {
    const rows = new ScannedRows();
    rows.show(scanner.memory, scanner.area);
    return rows.number(0, slot);
  }

  it('accepts what JSON.parse accepts, whatever byte is another one', () => {
    let accepted = 0;
    const escaped = fc.string({
      unit: fc.constantFrom('"', '\\', '\n', '\u0001', 'a', 'u', 'é', '\u2028', '😀', ' '),
      maxLength: 300,
    });
    fc.assert(
      fc.property(
        // a name with an escape in it is left to the parser
        fc.dictionary(fc.stringMatching(/^[a-zé ]{0,12}$/), fc.oneof(fc.jsonValue(), escaped)),
        fc.nat(),
        fc.constantFrom(...Buffer.from('{}[]",:\\ 09aeEtfn-.+\r\tu\0\u001f\u007f/bx')),
        (record, place, byte) => {
          const line = Buffer.from(JSON.stringify(record));
          assert.ok(accepts(line), line.toString());
          line[place % line.length] = byte;
          if (line[0] === 0x7b && accepts(line)) {
            accepted++;
            JSON.parse(line.toString());
          }
        },
      ),
      { numRuns: 5000 },
    );
    assert.ok(accepted > 300, `${accepted}`);
  });

  it('reads times as the formats do', () => {
    const time = scanner.field(scanner.root, 'time') ?? 0n;
    scanner.learn({ about: 'path', hash: time, flags: look.value, slot: 0, limit: 0 });
    let times = 0;
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true }),
        fc.constantFrom('', '.5', '.148', ',368', '.1486201', '.999999999'),
        fc.constantFrom('', 'Z', '+02:00', '-0530'),
        fc.constantFrom('T', ' '),
        (date, fraction, zone, joint) => {
          const text = `${date.toISOString().slice(0, 19).replace('T', joint)}${fraction}${zone}`;
          assert.ok(accepts(Buffer.from(JSON.stringify({ time: text }))), text);
          assert.equal(number(0), toTime(text), text);
          times++;
        },
      ),
    );
    assert.ok(times > 50);
  });

  it('reads numbers as JSON.parse does', () => {
    const figure = scanner.field(scanner.root, 'figure') ?? 0n;
    scanner.learn({ about: 'path', hash: figure, flags: look.value, slot: 1, limit: 0 });
    let figures = 0;
    fc.assert(
      fc.property(fc.nat(999_999_999), fc.nat(999_999), (whole, decimals) => {
        const text = `${whole}.${decimals}`;
        if (accepts(Buffer.from(`{"figure":${text}}`))) {
          assert.equal(number(1), JSON.parse(text));
          figures++;
        }
      }),
    );
    assert.ok(figures > 50);
  });

  describe('of fields in any order', () => {
    const scanner = new LineScanner();
    const follow = (path: readonly (string | undefined)[], flags: number, slot?: number): void => {
      let hash = scanner.root;
      for (const name of path) {
        hash = name === undefined ? scanner.element(hash) : (scanner.field(hash, name) ?? 0n);
      }
      scanner.learn({ about: 'path', hash, flags, slot, limit: 8 });
    };
    const shapeOf = (line: string): bigint | undefined => {
      const bytes = Buffer.from(`${line}\n`);
      scanner.load(bytes);
      scanner.scan(0, bytes.length, 0);
      return scanner.stop === 'unknown' ? scanner.shape : undefined;
    };
    follow(['id'], look.value, 0);
    follow(['model'], look.value | look.word, 1);
    follow(['name'], look.value | look.word, 2);
    follow(['usage'], look.value | look.below);
    follow(['usage', 'in'], look.value, 3);
    follow(['usage', 'out'], look.value, 4);
    follow(['params'], look.value | look.below | look.names | look.ordered);
    follow(['list'], look.value | look.below);
    follow(['list', undefined], look.value | look.below);
    follow(['list', undefined, 'role'], look.value | look.label);
    follow(['list', undefined, 'text'], look.value | look.opaque);
    follow(['tags'], look.value | look.below);
    const record = {
      id: 'call_0123abcd',
      model: 'm',
      name: 'n',
      usage: { in: 12, out: 1.5, more: 7 },
      params: { a: 1, b: 2 },
      list: [
        { role: 'user', text: 'x' },
        { role: 'tool', text: '' },
      ],
      other: {},
    };
    const shape = shapeOf(JSON.stringify(record));

    it('gives the same shape', () => {
      assert.ok(shape !== undefined);
      const entries = Object.entries(record);
      const inner = (value: object): object =>
        Array.isArray(value)
          ? value.map(inner)
          : Object.fromEntries(Object.entries(value).toReversed());
      fc.assert(
        fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), shuffled => {
          assert.equal(shapeOf(JSON.stringify(Object.fromEntries(shuffled))), shape);
        }),
        { numRuns: 50 },
      );
      const turned = { ...record, usage: inner(record.usage), list: inner(record.list) };
      assert.equal(shapeOf(JSON.stringify(turned)), shape);
    });

    it('tells apart what is in which field', () => {
      const others = [
        { ...record, model: 'n', name: 'm' },
        { ...record, usage: { in: 1.5, out: 12, more: 7 } },
        { ...record, usage: { in: 12, more: 1.5 } },
        { ...record, usage: {}, in: 12, out: 1.5, more: 7 },
        { ...record, list: [record.list[1], record.list[0]] },
        {
          ...record,
          list: [
            { role: 'user', text: '' },
            { role: 'tool', text: 'x' },
          ],
        },
        { ...record, params: { b: 2, a: 1 } },
        { ...record, another: 1 },
        { ...record, tags: [] },
        { ...record, tags: ['a'] },
      ];
      const shapes = others.map(other => shapeOf(JSON.stringify(other)));
      assert.equal(new Set([shape, ...shapes]).size, others.length + 1);
    });

    it('leaves a line to the parser in which a field that is looked at stands twice', () => {
      const line = JSON.stringify(record);
      for (const [once, twice] of [
        ['"id":', '"id":null,"id":'],
        ['"usage":', '"usage":{},"usage":'],
        ['"out":', '"in":1,"out":'],
        ['"text":""', '"text":"","role":"tool"'],
      ] as const) {
        assert.equal(shapeOf(line.replace(once, twice)), undefined, twice);
      }
      assert.equal(shapeOf(line.replace('"more":', '"more":1,"more":')), shape);
    });
  });

  it('leaves what is no single object to the parser', () => {
    for (const line of [
      '[1]',
      '{"a":1} x',
      '{"a":NaN}',
      '{"a":1',
      '{"a":"\t"}',
      'text',
      '{"a":01}',
    ]) {
      assert.ok(!accepts(Buffer.from(line)), line);
    }
  });
});
