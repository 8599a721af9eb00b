import assert from 'node:assert/strict';
import { bound, pieces } from '../../../media/text/bounded';
import { toSegments, visibleText } from '../../../media/text/characters';
import { toRuns } from '../../../media/text/emphasis';
import { toEvidenceRuns } from '../../../media/text/evidence';
import { preview, toJson, toShortJson, unwrapJson } from '../../../media/text/jsonValue';
import { toHtml } from '../../../media/text/markdown';

const shown = (text: string) =>
  toSegments(text)
    .map(segment => (segment.kind === 'text' ? segment.text : `[${segment.label}]`))
    .join('');

describe('characters that hide or mislead', () => {
  it('names direction changes, zero-width characters and terminal escapes', () => {
    assert.equal(shown('\u202egnp.exe\u202c'), '[RLO]gnp.exe[PDF]');
    assert.equal(shown('pass\u200bword'), 'pass[ZWSP]word');
    assert.equal(shown('\u001b]0;owned\u0007'), '[ESC]]0;owned[BEL]');
    assert.equal(shown('a\ufeffb\u2028c'), 'a[BOM]b[LS]c');
  });

  it('counts repeated ones and reads out what tag characters smuggle', () => {
    assert.equal(shown('a\u200b\u200b\u200bb'), 'a[ZWSP ×3]b');
    const smuggled = Array.from('hi', c => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join(
      '',
    );
    const [, special] = toSegments(`x${smuggled}`);
    assert.equal(special?.kind === 'special' && special.label, '2 invisible');
    assert.match((special?.kind === 'special' && special.title) || '', /"hi"/);
  });

  it('leaves joiners where they do their work: in emoji and in joining scripts', () => {
    for (const text of ['👨‍👩‍👧', 'می‌خواهم', 'क्‍ष', 'plain\ttext\r\nwith lines']) {
      assert.deepEqual(toSegments(text), [{ kind: 'text', text }]);
    }
    assert.equal(shown('a\u200db'), 'a[ZWJ]b');
  });

  it('are words in a tooltip too, which is short', () => {
    assert.equal(visibleText('a\u202eb'), 'a[RLO]b');
    assert.equal(visibleText('x'.repeat(5000)).length, 1001);
  });

  it('loses no character', () => {
    const text = 'x\u202e\u0000\ud800y\u{e0041}👨‍👩‍👧\u200f';
    assert.equal(
      toSegments(text)
        .map(segment => segment.text)
        .join(''),
      text,
    );
  });
});

describe('sentences of the rules', () => {
  it('stress numbers that stand alone, and leave those in names', () => {
    const runs = toRuns('131,422 tokens for gpt-4o, 3.5 s (80 %), HTTP 400, `max_tokens` 4,096.');
    const of = (kind: string) => runs.filter(run => run.kind === kind).map(run => run.text);
    assert.deepEqual(of('number'), ['131,422', '3.5', '80', '4,096']);
    assert.deepEqual(of('code'), ['max_tokens']);
    assert.equal(
      runs.map(({ kind, text }) => (kind === 'code' ? `\`${text}\`` : text)).join(''),
      '131,422 tokens for gpt-4o, 3.5 s (80 %), HTTP 400, `max_tokens` 4,096.',
    );
  });

  it('keep a backtick that nothing closes', () => {
    assert.deepEqual(toRuns('a `b'), [
      { kind: 'text', text: 'a ' },
      { kind: 'text', text: '`b' },
    ]);
  });
});

describe('evidence', () => {
  const place = (start: number, end: number) => ({ start, end, text: '' });

  it('marks the places that decided, in order', () => {
    assert.deepEqual(toEvidenceRuns('limit 10, used 12', [place(15, 17), place(6, 8)]), [
      { text: 'limit ', marked: false },
      { text: '10', marked: true },
      { text: ', used ', marked: false },
      { text: '12', marked: true },
    ]);
  });

  it('leaves out places that overlap or lie outside of the message', () => {
    const runs = toEvidenceRuns('abcdef', [place(0, 3), place(2, 4), place(4, 99), place(5, 5)]);
    assert.deepEqual(runs, [
      { text: 'abc', marked: true },
      { text: 'def', marked: false },
    ]);
  });
});

describe('JSON in a log', () => {
  it('is unwrapped from a string only when it is an object or a list', () => {
    assert.deepEqual(unwrapJson(' {"a":1}'), { value: { a: 1 } });
    assert.equal(unwrapJson('17'), undefined);
    assert.equal(unwrapJson('{not json'), undefined);
    assert.equal(unwrapJson('[x](y)'), undefined);
  });

  it('stands on one line when it is short', () => {
    assert.equal(toShortJson({ a: 1, b: ['x y', 2] }), '{ "a": 1, "b": [ "x y", 2 ] }');
    assert.equal(toShortJson([1, 2]), '[1, 2]');
    assert.match(toShortJson({ text: 'x'.repeat(100) }) ?? '', /\n/);
  });

  it('nested deeper than the stack is a value, not a crash', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 200_000; level++) {
      deep = [deep];
    }
    assert.equal(toJson(deep), undefined);
  });

  it('is previewed by its plain values', () => {
    assert.equal(
      preview({ date: '2026-09-01', deep: {}, amount: -12.99, none: null }),
      '2026-09-01 · -12.99',
    );
  });
});

describe('long text', () => {
  it('is cut at a line end when one is near, and says how many bytes are left', () => {
    const { text, restBytes } = bound(`${'a'.repeat(99)}\n${'é'.repeat(50)}`, 100);
    assert.equal(text, 'a'.repeat(99));
    assert.equal(restBytes, 101);
  });

  it('falls into pieces that are the whole again', () => {
    const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`).join('\n');
    const cut = pieces(lines, 40);
    assert.ok(cut.length > 5 && cut.every(piece => piece.length <= 40));
    assert.equal(cut.join('\n'), lines);
    assert.deepEqual(pieces('a😀b😀', 2), ['a', '😀', 'b', '😀']);
  });

  it('is never cut inside a character', () => {
    assert.equal(bound('ab😀cd', 3).text, 'ab');
    assert.deepEqual(bound('short', 100), { text: 'short', restBytes: 0 });
  });
});

describe('Markdown', () => {
  it('lets no HTML of the log through', () => {
    const html = toHtml('<script>1</script> <img src=x onerror=1> **bold**');
    assert.doesNotMatch(html, /<script|<img/);
    assert.match(html, /<strong>bold<\/strong>/);
  });

  it('shows addresses as text beside their words, and links and images load nothing', () => {
    const html = toHtml('[docs](https://evil.invalid/x) ![a](https://evil.invalid/i.png)');
    assert.doesNotMatch(html, /<a |<img|href=|src=/);
    assert.match(html, /docs <code>https:\/\/evil\.invalid\/x<\/code>/);
    assert.match(html, /not loaded.*https:\/\/evil\.invalid\/i\.png/);
  });

  it('aligns table cells by class: the policy of the page blocks style attributes', () => {
    const html = toHtml('| a | b |\n|---|---:|\n| 1 | 2 |');
    assert.doesNotMatch(html, /style=/);
    assert.match(html, /<td class="n">2<\/td>/);
  });

  it('keeps the lines of a text: many of them are pasted logs', () => {
    assert.equal(toHtml('one\ntwo'), '<p>one<br>\ntwo</p>\n');
  });
});
