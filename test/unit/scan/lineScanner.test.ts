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
