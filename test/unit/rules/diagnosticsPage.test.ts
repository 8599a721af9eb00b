import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { categories } from '../../../src/rules/errors/categories/index';
import { unknown } from '../../../src/rules/errors/categories/unknown';
import { categoryTitle } from '../../../src/rules/errors/diagnoseError';
import { describeDiagnostics } from './diagnosticsPage';

const page = path.resolve('docs/diagnostics.md');
const all = [...categories, unknown];

describe('error categories', () => {
  it('are on docs/diagnostics.md as they are in the code', () => {
    const text = describeDiagnostics();
    if (process.env['UPDATE_GOLDEN'] === '1') {
      writeFileSync(page, text);
    }
    assert.equal(readFileSync(page, 'utf8'), text);
  });

  it('are forty, each once, with a title of its own', () => {
    assert.equal(new Set(all.map(({ id }) => id)).size, 40);
    assert.equal(new Set(all.map(({ title }) => title)).size, 40);
    assert.equal(categoryTitle('rate_limit'), 'Rate limit reached');
    assert.equal(categoryTitle('nobody-knows'), 'nobody-knows');
  });

  it('have fixes and an explanation even when the message holds no fact', () => {
    for (const category of all) {
      const text = [category.explain({}), ...category.fixes({})].join('\n');
      assert.ok(category.fixes({}).length > 0, category.id);
      assert.doesNotMatch(text, /undefined|NaN/, category.id);
    }
  });

  it('link to https pages only', () => {
    for (const { url } of all.flatMap(({ links }) => links)) {
      assert.equal(new URL(url).protocol, 'https:');
    }
  });

  it('use no pattern that keeps a position between two messages', () => {
    for (const { decisive, strong, hint, weak } of all) {
      for (const words of [decisive, strong, hint, weak].flatMap(signs => signs?.words ?? [])) {
        const pattern = words instanceof RegExp ? words : words.words;
        assert.doesNotMatch(pattern.flags, /[gy]/, String(pattern));
      }
    }
  });

  it('use no unbounded repetition, so that the time follows the length', () => {
    for (const { decisive, strong, hint, weak } of all) {
      for (const words of [decisive, strong, hint, weak].flatMap(signs => signs?.words ?? [])) {
        const pattern = words instanceof RegExp ? words : words.words;
        // A run of word characters is the only one that may go on for ever.
        assert.doesNotMatch(
          pattern.source.replaceAll(String.raw`\w+`, ''),
          /[.)\]][*+]|\\[sSdD][*+]|,\}/,
          String(pattern),
        );
      }
    }
  });
});
