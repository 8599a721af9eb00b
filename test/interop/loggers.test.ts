import assert from 'node:assert/strict';
import { describeWritten, facts } from './written';

const bodies = '> user: Weather in Oslo?\n< assistant: It is 4 °C.';
const answered = 'call gpt-4o (openai) ok in=120 out=17 stop';
const refused = 'call gpt-4o-mini (openai) RateLimitError: 429 Rate limit reached for gpt-4o-mini';

for (const [writer, files] of [
  ['loggers.mjs', ['pino.log', 'winston.log', 'bunyan.log']],
  [
    'loggers.py',
    ['structlog.jsonl', 'structlog-console.log', 'loguru.jsonl', 'python-json-logger.jsonl'],
  ],
] as const) {
  describeWritten(`calls logged by ${writer}`, writer, fileOf => {
    for (const name of files) {
      it(`are read out of ${name} with all that was logged, and no more`, () => {
        const { spans, skipped } = fileOf(name);
        // nobody logs bodies for people to read
        const said = name === 'structlog-console.log' ? '' : `\n${bodies}`;
        assert.deepEqual(spans.map(facts), [answered + said, refused]);
        assert.deepEqual(skipped, []);
        assert.deepEqual(
          spans.map(({ span }) => [span.traceId, span.requestId, Math.floor(span.durationMs ?? 0)]),
          [
            ['trace-1', 'request-1', 812],
            ['trace-1', 'request-2', 90],
          ],
        );
      });
    }
  });
}
