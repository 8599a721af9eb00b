import assert from 'node:assert/strict';
import {
  forNotification,
  toVisibleLine,
  toVisibleText,
  withoutIcons,
} from '../../../src/host/display/visibleText';

describe('visible text', () => {
  it('writes out what would reorder or hide text', () => {
    assert.equal(toVisibleText('a\u202Egpj.exe'), 'a[U+202E]gpj.exe');
    assert.equal(toVisibleText('pay\u200Bpal \u{E0041}'), 'pay[U+200B]pal [U+E0041]');
    assert.equal(toVisibleText('\u0000\u001B[31mred\u007F\u0085'), '␀␛[31mred␡[U+0085]');
  });

  it('leaves scripts and emoji as they are', () => {
    const text = 'Übersetzung 配送 می\u200Cخواهم 👩\u200D💻';
    assert.equal(toVisibleText(text), text);
  });

  it('replaces halves of characters', () => {
    assert.equal(toVisibleText('a\uD800b'), 'a\uFFFDb');
  });

  it('is one line, cut where it is too long, never within a character', () => {
    assert.equal(toVisibleLine('  one\r\n two\tthree '), 'one two three');
    assert.equal(toVisibleLine('x'.repeat(500), 10), 'xxxxxxxxx…');
    assert.equal(toVisibleLine('12345678😀x', 10), '12345678…');
    assert.equal(toVisibleLine(`${'word '.repeat(10_000)}end`, 12).length <= 12, true);
  });

  it('keeps icons and links of a log from becoming icons and links', () => {
    assert.equal(withoutIcons('costs $(error) 3'), 'costs \\$(error) 3');
    assert.equal(
      forNotification('[click](command:evil) $(error)'),
      '[click] (command:evil) $ (error)',
    );
  });
});
