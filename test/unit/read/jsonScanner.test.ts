import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maxJsonDepth } from '../../../src/engine/read/bounds';
import { JsonScanner } from '../../../src/engine/read/jsonScanner';
import { parseJson } from '../../../src/engine/read/parseJson';

function scan(text: string): ReturnType<JsonScanner['scan']> {
  const bytes = Buffer.from(text);
  return new JsonScanner(maxJsonDepth).scan(bytes, 0, bytes.length);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('JsonScanner', () => {
  it('finds the end of every value that JSON.stringify writes, plain or pretty', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.nat(4), fc.string(), (value, indent, rest) => {
        const text = JSON.stringify(value, undefined, indent);
        assert.deepEqual(scan(`${text}${rest}`), { kind: 'value', end: Buffer.byteLength(text) });
      }),
    );
  });

  it('accepts exactly what JSON.parse accepts when one byte of a value is another one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.nat(),
        fc.integer({ min: 1, max: 126 }),
        (value, at, byte) => {
          const bytes = Buffer.from(JSON.stringify(value));
          bytes[at % bytes.length] = byte;
          const text = bytes.toString();
          const scanned = scan(text);
          const isWhole =
            scanned.kind === 'value' &&
            text.slice(Buffer.from(text).toString('utf8', 0, scanned.end).length).trim() === '';
          assert.equal(isWhole && text.trim().length > 0, isJson(text), text);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('says the same when the bytes come in pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.array(fc.nat(20), { minLength: 1 }),
        (value, cuts) => {
          const bytes = Buffer.from(JSON.stringify(value));
          const scanner = new JsonScanner(maxJsonDepth);
          let position = 0;
          let result = scanner.scan(bytes, 0, 0);
          for (let i = 0; result.kind === 'open' && position < bytes.length; i++) {
            const next = Math.min(bytes.length, position + 1 + (cuts[i % cuts.length] ?? 0));
            result = scanner.scan(bytes, position, next);
            position = next;
          }
          assert.deepEqual(result, { kind: 'value', end: bytes.length });
        },
      ),
    );
  });

  it('names the byte that breaks a value', () => {
    assert.deepEqual(scan('{"a":1,}'), {
      kind: 'error',
      at: 7,
      problem: 'expected a key in double quotes',
    });
    assert.deepEqual(scan("{'a':1}"), {
      kind: 'error',
      at: 1,
      problem: 'expected a key in double quotes',
    });
    assert.deepEqual(scan('{"a":tru}'), { kind: 'error', at: 5, problem: 'unexpected "tru"' });
    assert.deepEqual(scan('{"a":"b\nc"}'), {
      kind: 'error',
      at: 7,
      problem: 'a text is not closed',
    });
  });
});

describe('parseJson', () => {
  const parse = (text: string): ReturnType<typeof parseJson> =>
    parseJson(Buffer.from(text), 0, Buffer.byteLength(text));

  it('reads what Python writes for numbers that are none', () => {
    assert.deepEqual(parse('{"NaN":NaN,"b":[-Infinity,Infinity],"c":"NaN \\" NaN"}'), {
      ok: true,
      value: { NaN: null, b: [-Infinity, Infinity], c: 'NaN " NaN' },
    });
  });

  it('keeps a key __proto__ as a key', () => {
    const parsed = parse('{"__proto__":{"polluted":true}}');
    assert.ok(parsed.ok);
    assert.equal(Object.getPrototypeOf(parsed.value), Object.prototype);
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });

  it('refuses what is nested too deeply, wherever the depth is', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    assert.deepEqual(parse(`{"a":${deep}}`), {
      ok: false,
      problem: 'nested deeper than 1000 levels',
      at: 1004,
    });
    const wide = `[${Array.from({ length: 5000 }, () => '[]').join(',')}]`;
    assert.ok(parse(wide).ok);
  });
});
