import assert from 'node:assert/strict';
import { calcPrice, type Provider, waitForUpdate } from '@pydantic/genai-prices';
import { shortProvider } from '../../../scripts/lib/price-list.mjs';
import { matchPrice } from '../../../src/analysis/priceMatch';

describe('the entry of the price list that a name means', () => {
  let list: readonly Provider[];
  before(async () => {
    list = (await waitForUpdate()) ?? [];
  });

  /** As logs name models and who served them. */
  function* namings(): Generator<readonly [name: string, provider: string | undefined]> {
    for (const { id, models } of list) {
      yield ['no-such-model', id];
      yield [id, undefined];
      for (const model of models) {
        yield [model.id, id];
      }
      // asking the package takes a third of a millisecond
      for (const model of models.filter((_, at) => at % 10 === 0)) {
        yield [model.id, undefined];
        yield [` ${model.id.toUpperCase()}`, id.toUpperCase()];
        yield [`${model.id}-20260115`, id];
        yield [`${model.id}-20260231:free`, id];
        yield [`${id}/${model.id}`, 'litellm'];
        yield [`/${model.id}`, 'LiteLLM'];
        yield [`${id}/`, 'litellm'];
        yield [`house/${model.id}`, 'litellm'];
        yield [model.id, 'house'];
        yield [model.id, ''];
      }
    }
  }

  function entry(found: Pick<NonNullable<ReturnType<typeof matchPrice>>, 'model' | 'provider'>) {
    const { id, context_window, prices } = found.model;
    return { provider: found.provider.name, id, context_window, prices };
  }

  it('is the one that the package of the list takes', () => {
    const wrong: string[] = [];
    let found = 0;
    for (const [name, provider] of namings()) {
      const theirs = calcPrice({}, name, provider === undefined ? {} : { providerId: provider });
      const ours = matchPrice(list, name, provider);
      found += ours ? 1 : 0;
      if (ours?.model !== theirs?.model || ours?.provider !== theirs?.provider) {
        wrong.push(`${name} of ${provider}: ${ours?.model.id} instead of ${theirs?.model.id}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(found > 2000, `found ${found}`);
  });

  it('is the same in the list that the bundles hold', () => {
    const short: readonly Provider[] = JSON.parse(JSON.stringify(list.map(shortProvider)));
    let found = 0;
    for (const [name, provider] of namings()) {
      const [ours, whole] = [matchPrice(short, name, provider), matchPrice(list, name, provider)];
      found += ours ? 1 : 0;
      assert.deepEqual(ours && entry(ours), whole && entry(whole), name);
    }
    assert.ok(found > 2000, `found ${found}`);
  });
});
