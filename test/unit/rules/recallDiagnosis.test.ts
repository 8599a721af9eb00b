import assert from 'node:assert/strict';
import { diagnoseError, type ErrorInput } from '../../../src/rules/errors/diagnoseError';
import { recallDiagnosis } from '../../../src/rules/recallDiagnosis';

describe('recallDiagnosis', () => {
  const message = 'Rate limit reached: try again in 20s';

  it('says the same again, whatever was diagnosed meanwhile', () => {
    const asked: ErrorInput[] = Array.from({ length: 300 }, (_, at) => ({
      message: `${message} (request ${at})`,
      status: at % 2 === 0 ? 429 : undefined,
    }));
    for (const input of [...asked, ...asked.toReversed()]) {
      assert.deepEqual(recallDiagnosis(input), diagnoseError(input));
    }
    const [first = { message }] = asked;
    assert.equal(recallDiagnosis(first), recallDiagnosis({ ...first }));
  });

  it('tells errors apart that differ in anything but their message', () => {
    const byTool = recallDiagnosis({ message, isOfTool: true });
    const byModel = recallDiagnosis({ message, model: 'gpt-4o', provider: 'openai' });
    assert.notEqual(byTool.category, byModel.category);
    assert.equal(byModel.facts['model'], 'gpt-4o');
    assert.equal(recallDiagnosis({ message }).facts['model'], undefined);
  });

  it('keeps nothing of a message that is very long', () => {
    const long = { message: `${message} ${'x'.repeat(5000)}` };
    assert.deepEqual(recallDiagnosis(long), diagnoseError(long));
    assert.notEqual(recallDiagnosis(long), recallDiagnosis(long));
  });
});
