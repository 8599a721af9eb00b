import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bytePattern } from '../../../../src/engine/search/bytePattern';

/** Ways in which loggers write a text. */
const spellings: readonly ((text: string) => string)[] = [
  text => text,
  text => JSON.stringify(text),
  text => JSON.stringify(JSON.stringify(text)),
  text => escapeUnits(JSON.stringify(text)),
  text => JSON.stringify(escapeUnits(JSON.stringify(text))),
  text => JSON.stringify(escapeUnits(JSON.stringify(text)).toUpperCase()),
  pythonBytes,
];

describe('the pattern over the bytes of a record', () => {
  it('matches a text however it is written', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
      fc.string({
        unit: fc.constantFrom(...Array.from('aKki Éßσςµ日本😀"\\/\u0130\u212a')),
        minLength: 1,
        maxLength: 5,
      }),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(...spellings), (text, spell) => {
        const pattern = bytePattern(text.toLowerCase());
        const bytes = Buffer.from(`{"content":${spell(text)}}`).toString('latin1');
        assert.ok(pattern === undefined || pattern.test(bytes), bytes);
      }),
      { numRuns: 2000 },
    );
  });

  it('matches a text in upper and in lower case, with the letters that only lower case makes equal', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['Straße', 'STRAßE'],
      ['éa', 'ÉA'],
      ['å', '\u212b'],
      ['ω', '\u2126'],
      ['οδος', 'ΟΔΟΣ'],
      ['30k', '30\u212a'],
      ['hi', 'H\u0130'],
      ['i\u0307', '\u0130'],
    ];
    for (const [wanted, written] of cases) {
      assert.ok(written.toLowerCase().includes(wanted.toLowerCase()), written);
      const pattern = bytePattern(wanted.toLowerCase());
      assert.match(Buffer.from(written).toString('latin1'), pattern ?? /none/, wanted);
    }
  });

  it('takes signs of a pattern for what they are', () => {
    const pattern = bytePattern('a.b');
    assert.deepEqual(
      ['xa.bx', 'axb', 'A.B'].map(text => text.search(pattern ?? /none/)),
      [1, -1, 0],
    );
  });

  it('says when the bytes cannot tell', () => {
    for (const text of ['{"', '"', '\n', '()', '\ufffd', '\ud83d', '']) {
      assert.equal(bytePattern(text), undefined, JSON.stringify(text));
    }
  });
});

function escapeUnits(text: string): string {
  return text.replace(
    /[\u0080-\uffff]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** As `repr` writes bytes: `b'\xe6\x97\xa5'`. */
function pythonBytes(text: string): string {
  const escaped = [...Buffer.from(text)].map(byte =>
    byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`,
  );
  return `b'${escaped.join('')}'`;
}
