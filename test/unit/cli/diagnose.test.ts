import assert from 'node:assert/strict';
import { callsight, toObjects } from './callsight';

const fields = [
  'category',
  'confidence',
  'title',
  'explanation',
  'fixes',
  'links',
  'facts',
  'retryable',
  'matched',
];

describe('callsight diagnose', () => {
  it('diagnoses one message', async () => {
    const { code, stdout } = await callsight([
      'diagnose',
      '--json',
      '--message',
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 131422 tokens.",
      '--type',
      'BadRequestError',
      '--status',
      '400',
      '--provider',
      'openai',
    ]);
    assert.equal(code, 0);
    const [diagnosis, ...more] = toObjects(stdout);
    assert.ok(diagnosis);
    assert.deepEqual(more, []);
    assert.deepEqual(Object.keys(diagnosis), fields);
    assert.match(String(diagnosis['category']), /^context_length/);
  });

  it('answers lines on stdin in their order, each with its id', async () => {
    const lines = [
      {
        id: 'b',
        message: 'Rate limit reached for gpt-4o',
        error_type: 'RateLimitError',
        status: 429,
      },
      { id: 7, message: 'Incorrect API key provided', status: null, provider: null },
    ];
    const input = `${JSON.stringify(lines[0])}\n\nnot json\n[1]\n${JSON.stringify(lines[1])}`;
    const { code, stdout } = await callsight(['diagnose', '--stdin', '--json'], input);
    assert.equal(code, 0);
    const answers = toObjects(stdout);
    assert.deepEqual(
      answers.map(answer => answer['id']),
      ['b', null, null, 7],
    );
    assert.deepEqual(Object.keys(answers[0] ?? {}), ['id', ...fields]);
    assert.match(String(answers[1]?.['problem']), /line 3/);
    assert.match(String(answers[0]?.['category']), /rate_limit/);
  });

  it('is readable for people, and no message commands the terminal', async () => {
    const { stdout } = await callsight([
      'diagnose',
      '--message',
      'Rate limit \u001b[2J reached \u009b',
    ]);
    assert.match(stdout, /^[A-Z].*\(\w+, \w+\)\n/);
    assert.doesNotMatch(stdout, /[\u001b\u009b]/);
  });
});
