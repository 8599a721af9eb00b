import assert from 'node:assert/strict';
import { facts, writtenBy, type WrittenLogs } from './written';

const asked = '> user: Weather in Oslo?';
const answered = '< assistant: It is 4 °C.';
const ok = `call gpt-4o (openai) ok in=120 out=17 stop\n${asked}\n${answered}`;
const failed = (type: string) =>
  `call gpt-4o-mini (openai) ${type}: 429 Rate limit reached for gpt-4o-mini`;

for (const [writer, files] of [
  ['loggers.mjs', ['pino.log', 'winston.log', 'bunyan.log']],
  ['loggers.py', ['structlog.jsonl', 'loguru.jsonl', 'python-json-logger.jsonl']],
] as const) {
  describe(`calls logged by ${writer}`, () => {
    let logs: WrittenLogs | undefined;

    before(async function () {
      logs = await writtenBy(writer);
      if (!logs) {
        this.skip();
      }
    });

    after(() => logs?.dispose());

    for (const file of files) {
      it(`are read out of ${file} with all that was logged, and no more`, () => {
        assert.ok(logs);
        assert.deepEqual(logs.of(file).map(facts), [ok, failed('RateLimitError')]);
        assert.deepEqual(logs.skippedOf(file), []);
        const spans = logs.of(file).map(({ span }) => span);
        assert.deepEqual(
          spans.map(({ traceId, requestId }) => ({ traceId, requestId })),
          [
            { traceId: 'trace-1', requestId: 'request-1' },
            { traceId: 'trace-1', requestId: 'request-2' },
          ],
        );
        assert.deepEqual(
          spans.map(({ durationMs }) => Math.floor(durationMs ?? 0)),
          [812, 90],
        );
      });
    }
  });
}
