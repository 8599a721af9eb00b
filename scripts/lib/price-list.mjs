// Of the package of the price list the bundles hold what a price is found by and what it comes to, as one text that JSON.parse takes. With
// what the package says beside it, and as a program, it is half as large again and V8 takes ten times as long to read it.
import { waitForUpdate } from '@pydantic/genai-prices';

/** @type {import('esbuild').Plugin} */
export const priceList = {
  name: 'price-list',
  setup(build) {
    build.onLoad({ filter: /[\\/]genai-prices[\\/]dist[\\/]index\.js$/ }, async () => {
      const text = JSON.stringify((await waitForUpdate())?.map(shortProvider));
      return {
        contents: `const list = JSON.parse(${JSON.stringify(text)});
          export const waitForUpdate = () => Promise.resolve(list);`,
      };
    });
  },
};

/** @param {import('@pydantic/genai-prices').Provider} provider */
export function shortProvider({
  id,
  name,
  model_match,
  provider_match,
  fallback_model_providers,
  models,
}) {
  return {
    id,
    name,
    model_match,
    provider_match,
    fallback_model_providers,
    models: models.map(({ id, match, context_window, prices }) => ({
      id,
      match,
      context_window,
      prices,
    })),
  };
}
