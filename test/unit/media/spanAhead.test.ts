import assert from 'node:assert/strict';
import { SpanAhead } from '../../../media/spanAhead';

describe('a span that is asked for ahead', () => {
  let asked: string[];
  let ahead: SpanAhead;

  beforeEach(() => {
    asked = [];
    const getSpan = ({ key }: { readonly key: string }) => {
      asked.push(key);
      return Promise.resolve(null);
    };
    ahead = new SpanAhead({ getSpan });
  });

  it('is not asked for again when it is wanted', async () => {
    ahead.ask('a');
    ahead.ask('a');
    await ahead.take('a');
    assert.deepEqual(asked, ['a']);
  });

  it('is given once only, and never for another one', async () => {
    ahead.ask('a');
    await ahead.take('b');
    await ahead.take('a');
    assert.deepEqual(asked, ['a', 'b', 'a']);
  });

  it('is asked for anew when the log has changed meanwhile', async () => {
    ahead.ask('a');
    ahead.forget();
    await ahead.take('a');
    assert.deepEqual(asked, ['a', 'a']);
  });
});
