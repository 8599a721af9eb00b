import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  cutToWidth,
  displayWidth,
  escapeInJson,
  makeVisible,
  toOneLine,
} from '../../../src/cli/visibleText';

describe('text from logs on a terminal', () => {
  it('shows control characters instead of obeying them', () => {
    assert.equal(makeVisible('a\u001b[31mred\u0007'), 'a␛[31mred␇');
    assert.equal(makeVisible('\u009b2J\u007f'), '\\x9b2J\\x7f');
    assert.equal(makeVisible('user\u202egnp.exe'), 'user\\u202egnp.exe');
    assert.equal(makeVisible('one\r\ntwo\tthree\n'), 'one\ntwo\tthree\n');
  });

  it('writes JSON that says the same and commands nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const json = escapeInJson(JSON.stringify({ text }));
        assert.deepEqual(JSON.parse(json), { text });
        assert.doesNotMatch(json, /[\u0000-\u001f\u007f-\u009f]/);
      }),
    );
  });

  it('measures wide characters, marks and emoji as a terminal does', () => {
    assert.equal(displayWidth('abc'), 3);
    assert.equal(displayWidth('日本'), 4);
    assert.equal(displayWidth('e\u0301'), 1);
    assert.equal(displayWidth('😡'), 2);
  });

  it('cuts to a width without cutting a character in half', () => {
    assert.equal(cutToWidth('abcdef', 6), 'abcdef');
    assert.equal(cutToWidth('abcdefg', 6), 'abcde…');
    assert.equal(cutToWidth('日本語日本語', 6), '日本…');
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 20 }),
        (text, width) => {
          const cut = cutToWidth(text, width);
          assert.ok(displayWidth(cut) <= width);
          assert.ok(cut === text || (cut.endsWith('…') && text.startsWith(cut.slice(0, -1))));
        },
      ),
    );
  });

  it('makes one line of many', () => {
    assert.equal(toOneLine('  a\n\n b\tc '), 'a b c');
  });
});
