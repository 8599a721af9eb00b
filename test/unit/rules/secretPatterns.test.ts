import assert from 'node:assert/strict';
import { findSecrets, mask } from '../../../src/rules/secretPatterns';

// invented, and put together here: a whole key in a file would alarm others
const letters = 'Qz7vT3mWx9LbR2sKp8Yd4NfHc6Gj1Ua5';

const secrets: readonly (readonly [kind: string, text: string])[] = [
  ['Anthropic API key', `key sk-ant-${'api03-'}${letters}`],
  ['OpenRouter API key', `sk-or-${'v1-'}${letters}`],
  ['Langfuse secret key', `sk-lf-${letters}`],
  ['OpenAI API key', `OPENAI_API_KEY=sk-${letters}`],
  ['AWS access key', `AKIA${'Q7XWZ3MN5RTVK2LP'}`],
  ['GitHub token', `ghp_${letters}${letters.slice(0, 4)}`],
  ['GitHub token', `github_pat_${letters}`],
  ['GitLab token', `glpat-${letters}`],
  ['Slack token', `xoxb-${'2173498120-'}${letters.slice(0, 20)}`],
  ['Google API key', `AIza${letters}Zk4`],
  ['Hugging Face token', `hf_${letters}`],
  ['Groq API key', `gsk_${letters}${letters.slice(0, 20)}`],
  ['xAI API key', `xai-${letters}${letters}`],
  ['LangSmith API key', `lsv2_${'pt_'}${'0f1e2d3c4b5a69788796a5b4c3d2e1f0'}_0f1e2d3c4b`],
  ['npm token', `npm_${letters}${letters.slice(0, 4)}`],
  ['Stripe key', `sk_live_${letters}`],
  ['JSON web token', `eyJ${letters}.eyJ${letters}.${letters}`],
  ['private key', `-----BEGIN RSA PRIVATE KEY-----\n${letters}${letters}\n`],
  ['bearer token', `curl -H 'Authorization: Bearer ${letters}'`],
  ['password in an address', `postgres://app:${letters.slice(0, 14)}@db.internal/shop`],
  ['password or key', `DB_PASSWORD="${letters.slice(0, 14)}"`],
  ['password or key', `{"ApiKey": "${letters.slice(0, 14)}"}`],
];

const harmless: readonly string[] = [
  'OPENAI_API_KEY=sk-your-key-goes-here-0123456789',
  'password = os.environ["DB_PASSWORD_2024"]',
  'const token: string = config.apiKey1.value2',
  'sk-learn-contrib-and-other-packages-of-note',
  'the task-management-system-of-2024-is-ready-now',
  'Incorrect API key provided: sk-abcde*****wxyz.',
  'Authorization: Bearer <token>',
  'postgres://user:password@localhost/db',
  'secret = get_secret_value("db-2024")',
  'commit 3f2a9c1be8d04f6aa1c2b3d4e5f60718293a4b5c',
  'api_key: z.string().min(10)',
];

describe('secrets', () => {
  for (const [kind, text] of secrets) {
    it(`are found in a text: ${kind}`, () => {
      assert.deepEqual(
        findSecrets(text).map(secret => secret.kind),
        [kind],
      );
    });
  }

  it('are not seen in placeholders, code, names and masked keys', () => {
    assert.deepEqual(
      harmless.filter(text => findSecrets(text).length > 0),
      [],
    );
  });

  it('are the value of a field that is named like one', () => {
    assert.equal(findSecrets(letters.slice(0, 16), 'db_password').length, 1);
    assert.equal(findSecrets(letters.slice(0, 16), 'title').length, 0);
    assert.equal(findSecrets('${DB_PASSWORD}', 'db_password').length, 0);
  });

  it('are shown by their first four characters and their length', () => {
    assert.equal(mask({ kind: 'key', value: `sk-${letters}` }), 'sk-Q… (35 characters)');
  });

  it('are looked for in linear time', () => {
    const hostile = `${'password='.repeat(20_000)}${'eyJ'.repeat(20_000)}${'a:'.repeat(20_000)}://`;
    const start = performance.now();
    findSecrets(hostile);
    assert.ok(performance.now() - start < 2000);
  });
});
