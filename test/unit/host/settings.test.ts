import assert from 'node:assert/strict';
import { settings as declared } from '../../../src/host/manifest';
import { parseSettings } from '../../../src/host/settingsSchema';

describe('settings', () => {
  const given = (values: Readonly<Record<string, unknown>>, warnings: string[] = []) =>
    parseSettings(
      name => (Object.hasOwn(values, name) ? values[name] : declared[name].default),
      text => warnings.push(text),
    );

  it('are the defaults of the manifest when nothing is set', () => {
    const warnings: string[] = [];
    const defaults = Object.fromEntries(
      Object.entries(declared).map(([name, entry]) => [name, entry.default]),
    );
    assert.deepEqual({ ...given({}, warnings) }, defaults);
    assert.deepEqual(warnings, []);
  });

  it('take the default for a value of the wrong kind, with one warning that names it', () => {
    const warnings: string[] = [];
    const settings = given(
      { groupBy: 'colour', rules: { 'missing-usage': 3 }, autoDiscover: false },
      warnings,
    );
    assert.equal(settings.groupBy, 'day');
    assert.deepEqual(settings.rules, {});
    assert.equal(settings.autoDiscover, false);
    assert.equal(warnings.length, 2);
    assert.match(warnings[0] ?? '', /callsight\.groupBy/);
    assert.match(warnings[1] ?? '', /callsight\.rules/);
  });

  it('take a budget of dollars only', () => {
    const warnings: string[] = [];
    const budget = { perTraceUsd: 0.5, perDayUsd: 20 };
    assert.deepEqual(given({ budget }, warnings).budget, budget);
    assert.deepEqual(warnings, []);
    for (const wrong of [{ perTraceUsd: '5' }, { perTraceUsd: -1 }, { perWeekUsd: 1 }, 5]) {
      assert.deepEqual(given({ budget: wrong }, warnings).budget, {});
    }
    assert.equal(warnings.length, 4);
  });

  it('can be sent to a worker, though VS Code gives objects as proxies', () => {
    const rules = new Proxy({ 'missing-usage': 'off' }, {});
    const settings = given({ rules });
    assert.deepEqual(structuredClone(settings.rules), { 'missing-usage': 'off' });
  });

  it('take mappings as the engine does, and none when one is wrong', () => {
    const mapping = { name: 'mine', fields: { prompt: 'q' }, match: ['q'] };
    assert.deepEqual(given({ mappings: [mapping] }).mappings, [mapping]);
    const wrong: readonly unknown[] = [
      {},
      { name: 'mine', fields: {} },
      { name: 'mine', fields: { promt: 'q' } },
      { name: 'mine', fields: { prompt: 3 } },
      { name: 'mine', fields: { prompt: 'q' }, match: 'q' },
    ];
    for (const mappings of wrong) {
      const warnings: string[] = [];
      assert.deepEqual(given({ mappings: [mappings] }, warnings).mappings, []);
      assert.match(warnings[0] ?? '', /callsight\.mappings/);
    }
  });
});
