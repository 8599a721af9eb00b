import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { toAscii } from '../../scripts/lib/ascii-bundle.mjs';

describe('a bundle in ASCII', () => {
  /** What a program comes to, as text. */
  function result(code: string): string {
    return String(runInNewContext(code));
  }

  for (const code of [
    `'余额不足 é 😀'`,
    '`${1}余额`',
    `/余额.{0,6}(?:不足|残高)/.exec('余额 不足')[0]`,
    `/^[😀é]$/u.test('😀')`,
    `/^[😀é]$/.test('😀')`,
    `new RegExp(String.raw\`^[µμ]s\\d$\`).test('μs1')`,
    `/^\\\\…$/.test('\\\\…')`,
    `(() => { const größe = 2; /* größer */ return größe; })()`,
  ]) {
    it(`comes to the same: ${code}`, () => {
      const ascii = toAscii(code);
      assert.match(ascii, /^[\0-\x7f]*$/);
      assert.equal(result(ascii), result(code));
    });
  }

  it('is refused where a letter follows a backslash', () => {
    assert.throws(() => toAscii('/\\…/'), /backslash before …/);
  });
});
