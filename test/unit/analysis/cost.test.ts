import assert from 'node:assert/strict';
import fs from 'node:fs';
import { calcPrice, type ModelPrice, waitForUpdate } from '@pydantic/genai-prices';
import { priceCall } from '../../../src/analysis/cost';
import {
  findContextWindow,
  findRates,
  loadPrices,
  priceListName,
} from '../../../src/analysis/priceBook';

const october2026 = Date.UTC(2026, 9, 5);

function usd(request: Parameters<typeof priceCall>[0]): number | undefined {
  return priceCall(request).cost?.usd;
}

function close(actual: number | undefined, expected: number): void {
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) < 1e-12,
    `${actual} != ${expected}`,
  );
}

describe('the cost of a call', () => {
  before(() => loadPrices());

  it('is tokens times list price, part by part', () => {
    const { cost } = priceCall({
      model: 'gpt-4o',
      provider: 'openai',
      usage: { inputTokens: 10_000, outputTokens: 500, cacheReadInputTokens: 6000 },
      startTime: october2026,
    });
    assert.deepEqual(
      cost?.parts.map(part => [part.label, part.tokens, part.usdPerMillion]),
      [
        ['uncached input', 4000, 2.5],
        ['cache read', 6000, 1.25],
        ['output', 500, 10],
      ],
    );
    close(cost?.usd, 0.0225);
    assert.equal(cost?.source, 'computed');
    assert.equal(cost?.pricedAs, 'gpt-4o (OpenAI)');
    assert.equal(cost?.assumption, undefined);
  });

  it('takes the price of the maker of the model when the log names another provider', () => {
    const { cost } = priceCall({
      model: 'claude-sonnet-4-5',
      provider: 'openai',
      usage: { inputTokens: 82, outputTokens: 225 },
      startTime: october2026,
    });
    assert.equal(cost?.pricedAs, 'claude-sonnet-4-5 (Anthropic)');
    close(cost?.usd, (82 * 3 + 225 * 15) / 1e6);
    assert.equal(cost?.assumption, 'if nothing was cached');
  });

  it('finds a model behind the prefix of a gateway', () => {
    const usage = { inputTokens: 1000, outputTokens: 100 };
    for (const model of [
      'anthropic/claude-sonnet-4-5',
      'openai/gpt-4o',
      'azure/gpt-4o',
      'x/y/gpt-4o',
    ]) {
      assert.ok(usd({ model, usage, startTime: october2026 }), model);
    }
  });

  it('prices cache writes and calls over a tier as the provider bills them', () => {
    const { cost } = priceCall({
      model: 'claude-sonnet-4-5',
      usage: {
        inputTokens: 250_000,
        outputTokens: 1000,
        cacheReadInputTokens: 100_000,
        cacheCreationInputTokens: 50_000,
      },
      startTime: october2026,
    });
    close(cost?.usd, (100_000 * 6 + 100_000 * 0.6 + 50_000 * 7.5 + 1000 * 22.5) / 1e6);
    assert.equal(cost?.assumption, 'if the cache was written for five minutes');
  });

  it('follows the price of the day', () => {
    const usage = { inputTokens: 1_000_000, outputTokens: 0 };
    const before = usd({ model: 'o3', usage, startTime: Date.UTC(2025, 4, 1) });
    const after = usd({ model: 'o3', usage, startTime: Date.UTC(2025, 6, 1) });
    assert.ok(before !== undefined && after !== undefined && before > after);
    const { cost } = priceCall({ model: 'o3', usage });
    assert.match(cost?.assumption ?? '', /at the price of today/);
  });

  it('follows the price of the hour, call by call', () => {
    const usage = { inputTokens: 1_000_000, outputTokens: 0 };
    const at = (minute: number): number | undefined =>
      usd({ model: 'deepseek-chat', usage, startTime: Date.UTC(2025, 4, 1, 0, minute) });
    const [night, day] = [at(29), at(31)];
    assert.ok(night !== undefined && day !== undefined && night < day);
    assert.deepEqual([at(29), at(29), at(31), at(30), at(29)], [night, night, day, day, night]);
  });

  it('keeps what the log says and puts the computed cost beside it', () => {
    const { cost } = priceCall({
      model: 'gpt-4o',
      usage: { inputTokens: 1000, outputTokens: 100 },
      loggedCostUsd: 0.5,
      startTime: october2026,
    });
    assert.deepEqual([cost?.usd, cost?.source], [0.5, 'log']);
    close(cost?.computedUsd, 0.0035);
    const unlisted = priceCall({ model: 'house-model', usage: {}, loggedCostUsd: 0.25 });
    assert.deepEqual(unlisted, { cost: { usd: 0.25, source: 'log', parts: [] } });
  });

  it('is unknown with a reason, never 0', () => {
    const tokens = { inputTokens: 10, outputTokens: 10 };
    const cases: readonly (readonly [Parameters<typeof priceCall>[0], RegExp])[] = [
      [{ usage: tokens }, /does not name the model/],
      [{ model: 'gpt-4o', usage: {} }, /no token counts/],
      [{ model: 'gpt-4o', usage: { totalTokens: 20 } }, /only a total/],
      [{ model: 'gpt-4o', usage: { inputTokens: 0, outputTokens: 0 } }, /no tokens for this call/],
      [{ model: 'gpt-4o', usage: { inputTokens: 10 } }, /how many output tokens/],
      [{ model: 'gpt-4o', usage: { outputTokens: 10 } }, /how many input tokens/],
      [{ model: 'my-own-model', usage: tokens }, /no model "my-own-model"/],
      [{ model: '__proto__', provider: 'constructor', usage: tokens }, /no model/],
      [{ model: 'gpt-4o'.repeat(1000), usage: tokens }, /no model/],
      [{ model: 'gpt-oss-20b', provider: 'ollama', usage: tokens }, /your own machine/],
      [{ model: 'gpt-4o', usage: { ...tokens, cacheReadInputTokens: 11 } }, /more cached tokens/],
    ];
    for (const [request, reason] of cases) {
      const priced = priceCall(request);
      assert.equal(priced.cost, undefined, JSON.stringify(request).slice(0, 100));
      assert.match(priced.unknown ?? '', reason);
    }
  });

  it('bills only the input of an embedding, whatever the log counts as output', () => {
    const model = 'text-embedding-3-small';
    close(usd({ model, usage: { inputTokens: 1000 } }), 0.00002);
    close(usd({ model, usage: { inputTokens: 1000, outputTokens: 198 } }), 0.00002);
  });

  it('survives times that are no dates', () => {
    assert.ok(usd({ model: 'o3', usage: { inputTokens: 1, outputTokens: 1 }, startTime: 1e20 }));
  });

  it('adds up to what the price list itself computes, for every model in it', async () => {
    const usage = {
      inputTokens: 300_000,
      outputTokens: 2000,
      cacheReadInputTokens: 1000,
      cacheCreationInputTokens: 500,
    };
    const providers = (await waitForUpdate()) ?? [];
    const wrong: string[] = [];
    let compared = 0;
    for (const provider of providers) {
      for (const model of provider.models) {
        const list = calcPrice(
          {
            input_tokens: 300_000,
            output_tokens: 2000,
            cache_read_tokens: 1000,
            cache_write_tokens: 500,
          },
          model.id,
          { providerId: provider.id, timestamp: new Date(october2026) },
        );
        const ours = usd({ model: model.id, provider: provider.id, usage, startTime: october2026 });
        if (list && ours !== undefined) {
          compared++;
          if (Math.abs(list.total_price - ours) > 1e-9) {
            wrong.push(`${provider.id} ${model.id}: ${list.total_price} != ${ours}`);
          }
        }
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(compared > 1000, `compared ${compared}`);
  });

  it('is that of the time of the call, for every model whose price changes, as the list itself says', async () => {
    const dayMs = 86_400_000;
    const dates = [0, -1, 5.5, 1e20, Date.UTC(2025, 1, 1)];
    const days = Array.from({ length: 900 }, (_, day) => Date.UTC(2025, 0, 1) + day * dayMs);
    const hours = Array.from({ length: 48 }, (_, at) => october2026 + (at * dayMs) / 48);
    const times = [...dates, ...[...days, ...hours].flatMap(time => [time - 1, time, time + 1])];
    const dated = ((await waitForUpdate()) ?? []).flatMap(({ id, models }) =>
      models.filter(({ prices }) => Array.isArray(prices)).map(model => ({ id, model })),
    );
    const priceOf = (prices: ModelPrice | undefined) => {
      const price = prices?.['input_mtok'];
      return typeof price === 'object' ? price.base : price;
    };
    let changes = 0;
    for (const { id, model } of dated) {
      const found = times.map(time => {
        const timestamp = new Date(Math.abs(time) > 8.64e15 ? Date.now() : time);
        const list = calcPrice({}, model.id, { providerId: id, timestamp });
        const ours = findRates(model.id, id, time);
        assert.equal(ours?.input?.base, priceOf(list?.model_price), `${model.id} at ${time}`);
        assert.equal(ours?.model, list?.model.id);
        return ours?.input?.base;
      });
      changes += new Set(found).size - 1;
    }
    assert.ok(dated.length > 5 && changes > 5, `${dated.length} models, ${changes} changes`);
  });

  it('comes with the context window of the model, where the list has it', () => {
    assert.equal(findContextWindow('gpt-4o', 'openai'), 128_000);
    assert.equal(findContextWindow('openai/gpt-4o', undefined), 128_000);
    assert.equal(findContextWindow('house-model', 'openai'), undefined);
    assert.equal(findContextWindow('x'.repeat(1000), undefined), undefined);
  });

  it('names the price list by the version that is installed', () => {
    const manifest: unknown = JSON.parse(
      fs.readFileSync('node_modules/@pydantic/genai-prices/package.json', 'utf8'),
    );
    assert.ok(typeof manifest === 'object' && manifest !== null && 'version' in manifest);
    assert.equal(priceListName, `@pydantic/genai-prices ${String(manifest.version)}`);
  });
});
