import assert from 'node:assert/strict';
import { calcPrice, type Provider, waitForUpdate } from '@pydantic/genai-prices';
import { build } from 'esbuild';
import { priceList } from '../../../scripts/lib/price-list.mjs';

interface Package {
  readonly calcPrice: typeof calcPrice;
}

describe('the price list of the bundles', () => {
  let list: readonly Provider[];
  let bundled: Package;
  before(async () => {
    list = (await waitForUpdate()) ?? [];
    bundled = await loadBundle();
  });

  async function loadBundle(): Promise<Package> {
    const { outputFiles } = await build({
      stdin: { contents: `export { calcPrice } from '@pydantic/genai-prices'`, resolveDir: '.' },
      bundle: true,
      write: false,
      format: 'esm',
      mainFields: ['module', 'main'],
      plugins: [priceList],
    });
    const code = outputFiles[0]?.text ?? '';
    assert.match(code, /= JSON\.parse\(/);
    const bundle: Package = await import(
      `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
    );
    return bundle;
  }

  /** As logs name models and who served them. */
  function* namings(): Generator<readonly [name: string, provider: string | undefined]> {
    for (const { id, models } of list) {
      yield ['no-such-model', id];
      yield [id, undefined];
      for (const model of models) {
        yield [model.id, id];
      }
      // asking takes a third of a millisecond
      for (const model of models.filter((_, at) => at % 20 === 0)) {
        yield [model.id, undefined];
        yield [`${model.id}-20260115`, id];
        yield [`${id}/${model.id}`, 'litellm'];
        yield [model.id, `${id} of a house`];
      }
    }
  }

  function entry(found: ReturnType<typeof calcPrice>) {
    return (
      found && {
        provider: found.provider.name,
        model: found.model.id,
        window: found.model.context_window,
        prices: found.model.prices,
      }
    );
  }

  it('gives the same entry for a name as the whole list', () => {
    let found = 0;
    for (const [name, providerId] of namings()) {
      const options = providerId === undefined ? {} : { providerId };
      const [ours, whole] = [bundled, { calcPrice }].map(each =>
        entry(each.calcPrice({}, name, options)),
      );
      found += ours ? 1 : 0;
      assert.deepEqual(ours, whole, `${name} of ${providerId}`);
    }
    assert.ok(found > 1000, `found ${found}`);
  });
});
