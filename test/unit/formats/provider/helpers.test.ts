import assert from 'node:assert/strict';
import { readEndpoint } from '../../../../src/formats/provider/endpoint';
import { readHeaders } from '../../../../src/formats/provider/headers';
import { setAtPath } from '../../../../src/formats/provider/jsonPath';
import { parseGoDuration } from '../../../../src/formats/server/goDuration';
import { readPythonText } from '../../../../src/formats/server/pythonText';

describe('the endpoint behind an address', () => {
  const models: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['https://api.openai.com/v1/chat/completions', 'openai', undefined],
    [
      'https://h.openai.azure.com/openai/deployments/d4/chat/completions?api-version=1',
      'azure.ai.openai',
      'd4',
    ],
    [
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse',
      'google',
      'gemini-2.5-pro',
    ],
    [
      'https://bedrock-runtime.eu-west-1.amazonaws.com/model/anthropic.claude-v2%3A1/converse-stream',
      'aws.bedrock',
      'anthropic.claude-v2:1',
    ],
    ['http://localhost:11434/api/chat', undefined, undefined],
  ];
  for (const [url, provider, model] of models) {
    it(`of ${url} is a model’s`, () => {
      assert.deepEqual(readEndpoint(url), { kind: 'call', provider, model });
    });
  }
  for (const url of [
    'https://api.anthropic.com/v1/messages/count_tokens',
    'https://api.openai.com/v1/models',
    'http://localhost:11434/api/tags',
    'https://example.com/',
  ]) {
    it(`of ${url} is none`, () => assert.equal(readEndpoint(url), undefined));
  }
});

describe('headers', () => {
  it('show no secret, in whatever form they were recorded', () => {
    const secret = 'sk-0123456789abcdefghij';
    for (const headers of [
      { Authorization: secret, 'x-api-key': [secret], cookie: 'short' },
      ['Authorization', secret, 'X-Goog-Api-Key', secret],
      [{ name: 'Set-Cookie', value: secret }],
    ]) {
      const shown = JSON.stringify(readHeaders(headers));
      assert.ok(!shown.includes('0123456789') && !shown.includes('short'), shown);
    }
  });

  it('show what is none', () => {
    const harmless = { accept: '*/*', 'x-ratelimit-remaining-tokens': '12' };
    assert.deepEqual({ ...readHeaders(harmless) }, harmless);
  });
});

describe('a path into arguments', () => {
  it('makes what is missing on its way', () => {
    const set = (target: unknown, path: string, text: string): unknown =>
      setAtPath(target, path, known => `${typeof known === 'string' ? known : ''}${text}`);
    const first = set(undefined, '$.days[0].port', 'Ob');
    const second = set(set(first, '$.days[0].port', 'an'), "$.days[1]['port']", 'Rum');
    assert.equal(JSON.stringify(second), '{"days":[{"port":"Oban"},{"port":"Rum"}]}');
  });

  it('reaches no prototype', () => {
    const made = setAtPath({}, '$.__proto__.polluted', () => true);
    assert.equal(JSON.stringify(made), '{}');
    assert.equal('polluted' in {}, false);
  });
});

describe('durations of Go', () => {
  const cases: readonly (readonly [string, number | undefined])[] = [
    ['1m11s', 71_000],
    ['974.5µs', 0.9745],
    ['48.25s', 48_250],
    ['1h0m3s', 3_603_000],
    ['12ms', 12],
    ['soon', undefined],
    ['', undefined],
  ];
  for (const [text, ms] of cases) {
    it(`reads ${text === '' ? 'nothing' : text} as ${ms ?? 'unknown'}`, () =>
      assert.equal(parseGoDuration(text), ms));
  }
});

describe('texts of Python', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    [String.raw`'it\'s \n\x41\u00e9'`, "it's \nAé"],
    [`"it's"`, "it's"],
    [`'cut off`, 'cut off'],
    ['None', undefined],
  ];
  for (const [source, text] of cases) {
    it(`reads ${source}`, () => assert.equal(readPythonText(source, 0)?.text, text));
  }
});
