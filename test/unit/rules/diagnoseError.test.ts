import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { categories } from '../../../src/rules/errors/categories/index';
import { classifyError, diagnoseError } from '../../../src/rules/errors/diagnoseError';

const rowSchema = z.object({
  message: z.string(),
  type: z.string().optional(),
  status: z.number().optional(),
  provider: z.string().optional(),
  /** The first is the preferred one; several only where the text is truly ambiguous. */
  category: z.union([z.string(), z.array(z.string())]),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  retryable: z.boolean().optional(),
});

const sourcedSchema = rowSchema.extend({
  /** Where the words stand: an issue or pull request, or `owner/name path` of the file that writes them. */
  source: z.string().regex(/^(?:https:\/\/\S+|[\w.-]+\/[\w.-]+ \S+)$/),
});

const labelledSchema = z.object({
  message: z.string(),
  error_type: z.string().optional(),
  status: z.number().optional(),
  provider: z.string().optional(),
  expected: z.array(z.string()),
});

function readLines<T>(file: string, schema: z.ZodType<T>): readonly T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => schema.parse(JSON.parse(line)));
}

const sourced = readLines(path.resolve('test/fixtures/rules/errors-sourced.jsonl'), sourcedSchema);
const rows: readonly z.infer<typeof rowSchema>[] = [
  ...readLines(path.resolve('test/fixtures/rules/errors.jsonl'), rowSchema),
  ...sourced,
];

describe('diagnoseError', () => {
  for (const row of rows) {
    const expected = [row.category].flat();
    it(`says ${expected.join(' or ')}: ${row.message.replace(/\s+/g, ' ').slice(0, 80)}`, () => {
      const found = diagnoseError(row);
      assert.ok(expected.includes(found.category), `${found.category} (${found.confidence})`);
      for (const [name, value] of Object.entries(row.facts ?? {})) {
        assert.equal(found.facts[name], value, `fact ${name}`);
      }
      if (row.retryable !== undefined) {
        assert.equal(found.retryable, row.retryable, 'retryable');
      }
      const { id, title } = classifyError(row);
      assert.deepEqual({ id, title }, { id: found.category, title: found.title });
      const ofTool = { ...row, isOfTool: true };
      assert.equal(classifyError(ofTool).id, diagnoseError(ofTool).category);
    });
  }

  it('has a message of its own for every category', () => {
    const covered = new Set(rows.flatMap(row => row.category));
    const missing = categories.map(({ id }) => id).filter(id => !covered.has(id));
    assert.deepEqual(missing, []);
  });

  it('has sourced messages, each once, for every category', () => {
    assert.equal(new Set(sourced.map(({ message }) => message)).size, sourced.length);
    const covered = new Set(sourced.flatMap(row => row.category));
    const missing = [...categories.map(({ id }) => id), 'unknown'].filter(id => !covered.has(id));
    assert.deepEqual(missing, []);
  });

  it('names the surplus tokens and the limit', () => {
    const found = diagnoseError({
      message:
        "This model's maximum context length is 128000 tokens. However, your messages resulted in 131422 tokens.",
    });
    assert.match(found.explanation, /131,422 tokens sent, 128,000 fit: 3,422 over\./);
    assert.match(found.fixes[0] ?? '', /3,422/);
  });

  it('names the variable, the host and the model in the fixes', () => {
    const key = diagnoseError({ message: 'GROQ_API_KEY is not set' });
    assert.match(key.fixes.join('\n'), /GROQ_API_KEY/);
    const host = diagnoseError({ message: 'connect ECONNREFUSED 127.0.0.1:11434' });
    assert.match(`${host.explanation}\n${host.fixes.join('\n')}`, /Ollama.*127\.0\.0\.1:11434/s);
    const model = diagnoseError({ message: "model 'llama9' not found", status: 404 });
    assert.match(model.fixes.join('\n'), /ollama pull llama9/);
  });

  it('quotes the words that decided, at their places in the original message', () => {
    const message = String.raw`Error code: 400 - {"error":{"message":"{\"error\":{\"message\":\"prompt is too long: 9 tokens > 8 maximum\"}}"}}`;
    const found = diagnoseError({ message });
    assert.equal(found.category, 'context_length');
    assert.ok(found.matched.some(({ text }) => text.includes('prompt is too long')));
    for (const { start, end, text } of found.matched) {
      assert.equal(message.slice(start, end), text);
    }
  });

  it('marks the words that the numbers of the explanation come from', () => {
    const message =
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 131422 tokens. (context_length_exceeded)";
    assert.deepEqual(
      diagnoseError({ message }).matched.map(({ text }) => text),
      [
        'maximum context length is 128000 tokens',
        'messages resulted in 131422 tokens',
        'context_length_exceeded',
      ],
    );
  });

  it('marks whole words, without the blanks and commas around them', () => {
    const { matched } = diagnoseError({
      message: 'You exceeded the rate limits: Limit 6000, Used 5800, Requested 900. Retry in 7s.',
    });
    assert.deepEqual(
      matched.map(({ text }) => text),
      ['exceeded the rate limits', 'Limit 6000, Used 5800, Requested 900', 'Retry in 7s'],
    );
  });

  it('reads how long something waited, in whatever unit, and takes no number of something else for it', () => {
    const waited = (message: string): unknown => diagnoseError({ message }).facts['timeout_s'];
    assert.equal(waited('The request timed out after 20001 milliseconds.'), 20.001);
    assert.equal(waited('Timeout of 1500ms exceeded'), 1.5);
    assert.equal(waited('Request timed out after 2 minutes'), 120);
    assert.equal(waited('The read timed out after 30.'), 30);
    assert.equal(waited('Request timed out after 30 attempts'), undefined);
  });

  it('takes no page to read for a host', () => {
    const asked = (message: string): unknown => diagnoseError({ message }).facts['host'];
    assert.equal(asked('Failed to connect. See https://ollama.com/download'), undefined);
    assert.equal(
      asked('Failed to connect to https://llm.example.com/v1: see https://docs.example.com'),
      'llm.example.com',
    );
  });

  it('gives the links of the provider in question only', () => {
    const found = diagnoseError({ message: 'Rate limit reached', status: 429, provider: 'groq' });
    assert.deepEqual(
      found.links.map(({ url }) => new URL(url).host),
      ['console.groq.com'],
    );
  });

  it('goes by the status alone when the words say nothing', () => {
    const found = diagnoseError({ message: 'oops', status: 429 });
    assert.equal(found.category, 'rate_limit');
    assert.deepEqual(found.matched, []);
  });

  it('says unknown, and no advice to retry, when there is nothing to go on', () => {
    const found = diagnoseError({ message: '' });
    assert.equal(found.category, 'unknown');
    assert.equal(found.confidence, 'unsure');
    assert.equal(found.retryable, undefined);
  });

  const labelled = path.resolve('../shared/errors-dev.jsonl');
  if (existsSync(labelled)) {
    it('is right on at least 97 % of the labelled messages beside the repository', () => {
      const all = readLines(labelled, labelledSchema);
      const right = all.filter(({ message, error_type: type, status, provider, expected }) =>
        expected.includes(diagnoseError({ message, type, status, provider }).category),
      );
      assert.ok(right.length / all.length >= 0.97, `${right.length} of ${all.length}`);
    });
  }

  it('believes a tool only what nothing else is meant by, and calls the rest its own errors', () => {
    const isOfTool = true;
    const categoryOf = (message: string) => diagnoseError({ message, isOfTool }).category;
    assert.equal(categoryOf('No results. Hint: rate limit your requests, HTTP 429'), 'application');
    assert.equal(categoryOf('Command not found'), 'application');
    assert.equal(
      categoryOf("Error code: 429 - {'error': {'code': 'insufficient_quota'}}"),
      'billing',
    );
    assert.equal(diagnoseError({ message: 'Command not found' }).category, 'unknown');
  });

  it('knows the short names that apps give to failures, and is not sure of them', () => {
    const categoryOf = (type: string) => diagnoseError({ message: type, type });
    assert.equal(categoryOf('parse_error').category, 'structured_output');
    assert.equal(categoryOf('NetworkError').category, 'connection_failed');
    assert.equal(categoryOf('LLM Timeout').category, 'timeout');
    assert.equal(categoryOf('provider_disabled').category, 'unknown');
    assert.equal(categoryOf('parse_error').confidence, 'unsure');
    const sentence = 'error: True while the tool was busy';
    assert.equal(diagnoseError({ message: sentence }).category, 'unknown');
  });

  it('has a category for every label it knows', () => {
    const ids = new Set(categories.map(({ id }) => id));
    for (const type of [
      'throttled',
      'no_credits',
      'busy',
      'bad_input',
      'tool_failed',
      'empty_response',
    ]) {
      assert.ok(ids.has(diagnoseError({ message: type, type }).category), type);
    }
  });
});
