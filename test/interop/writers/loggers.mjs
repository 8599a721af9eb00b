// One line a call, with the fields that apps choose, through the three loggers of Node that write JSON.
import bunyan from 'bunyan';
import pino from 'pino';
import winston from 'winston';
import { outputFile } from './support.mjs';

const call = {
  event: 'llm_call',
  provider: 'openai',
  model: 'gpt-4o',
  prompt_tokens: 120,
  completion_tokens: 17,
  latency_ms: 812,
  trace_id: 'trace-1',
  request_id: 'request-1',
  prompt: 'Weather in Oslo?',
  response: 'It is 4 °C.',
  finish_reason: 'stop',
};
const failed = {
  event: 'llm_call',
  provider: 'openai',
  model: 'gpt-4o-mini',
  latency_ms: 90,
  trace_id: 'trace-1',
  request_id: 'request-2',
};
/** As the providers' clients call it. */
class RateLimitError extends Error {
  name = 'RateLimitError';
  status = 429;
}
const error = new RateLimitError('429 Rate limit reached for gpt-4o-mini');

const pinoLog = pino(pino.destination({ dest: outputFile('pino.log'), sync: true }));
pinoLog.info('server started');
pinoLog.info(call, 'llm call');
pinoLog.error({ ...failed, err: error }, 'llm call failed');

const winstonLog = winston.createLogger({
  format: winston.format.combine(
    winston.format.timestamp(),
    winston.format.errors({ stack: true }),
    winston.format.json(),
  ),
  transports: [new winston.transports.File({ filename: outputFile('winston.log') })],
});
winstonLog.info('server started');
winstonLog.info('llm call', call);
winstonLog.error('llm call failed', {
  ...failed,
  error: error.message,
  error_type: 'RateLimitError',
});
const written = new Promise(resolve => winstonLog.on('finish', resolve));
winstonLog.end();

const bunyanLog = bunyan.createLogger({
  name: 'weather-bot',
  serializers: bunyan.stdSerializers,
  streams: [{ path: outputFile('bunyan.log') }],
});
bunyanLog.info('server started');
bunyanLog.info(call, 'llm call');
bunyanLog.error({ ...failed, err: error }, 'llm call failed');
await written;
