import { candidatesIn } from './shape';
import { at, type Fields, firstOf, paths, toNumber } from './values';

// Exact names only: `timeout_ms` is no latency.
const milliseconds =
  paths(`latency_ms latencyMs duration_ms durationMs elapsed_ms elapsedMs total_duration_ms
  totalDurationMs response_time_ms responseTimeMs total_time_ms took_ms time_ms total_ms latency.total_ms latency.ms
  timing.total_ms timing.duration_ms metrics.latency_ms metrics.duration_ms response.latency_ms data.latency_ms
  data.duration_ms`);
const seconds =
  paths(`latency_s latency_sec latency_secs latency_seconds latencySeconds duration_s duration_sec
  duration_secs duration_seconds durationSeconds elapsed_s elapsed_sec elapsed_seconds elapsedSeconds response_time_s
  time_s total_time_s metrics.latency_s data.latency_s`);
const nanoseconds = paths(
  'latency_ns duration_ns elapsed_ns total_duration response.total_duration',
);
const bare = paths(
  'latency duration elapsed elapsed_time response_time responseTime time_taken took total_time',
);

const everyName = [...milliseconds, ...seconds, ...nanoseconds, ...bare];

const firstTokenMilliseconds =
  paths(`time_to_first_token_ms timeToFirstTokenMs ttft_ms ttftMs first_token_ms
  first_token_latency_ms firstTokenMs metrics.ttft_ms`);
const firstTokenSeconds = paths('time_to_first_token_s ttft_s first_token_s');
const firstTokenBare = paths('time_to_first_token timeToFirstToken ttft');

const withUnit =
  /^\s*(\d{1,15}(?:\.\d{1,12})?)\s*(ns|us|µs|ms|msec|milliseconds?|s|secs?|seconds?|m|mins?|minutes?)\s*$/i;
/** OpenAI's and Anthropic's clients give up after ten minutes: a bare figure from there on is no number of seconds. */
const longestCallSeconds = 600;
/** A bare whole number from here on is milliseconds: differences of clocks in seconds have decimals. */
const wholeMilliseconds = 100;

/** How long the call took, in milliseconds. A name with a unit is believed; a bare one is judged by its size. */
export function readDuration(fields: Fields): number | undefined {
  return (
    firstOf(fields, milliseconds, value => scaled(value, 1)) ??
    firstOf(fields, seconds, value => scaled(value, 1e3)) ??
    // Ollama's total_duration is in nanoseconds
    firstOf(fields, nanoseconds, value => scaled(value, 1e-6)) ??
    firstOf(fields, bare, toBareDuration)
  );
}

/** Time to the first token, in milliseconds. */
export function readTimeToFirstToken(fields: Fields): number | undefined {
  return (
    firstOf(fields, firstTokenMilliseconds, value => scaled(value, 1)) ??
    firstOf(fields, firstTokenSeconds, value => scaled(value, 1e3)) ??
    firstOf(fields, firstTokenBare, toBareDuration)
  );
}

/** Whether the object has a field that says how long something took, known or null. */
export function hasDurationField(fields: Fields): boolean {
  return candidatesIn(fields, everyName).some(path => at(fields, path) !== undefined);
}

/** `0.3 seconds`, `855ms`, `2 min` in milliseconds. */
export function parseDuration(text: string): number | undefined {
  const parts = text.length > 60 ? null : withUnit.exec(text);
  const unit = parts?.[2]?.toLowerCase() ?? '';
  if (!parts) {
    return undefined;
  }
  return Number(parts[1]) * factorOf(unit);
}

function factorOf(unit: string): number {
  if (unit === 'ns') {
    return 1e-6;
  }
  if (unit === 'us' || unit === 'µs') {
    return 1e-3;
  }
  if (unit.startsWith('ms') || unit.startsWith('milli')) {
    return 1;
  }
  return unit.startsWith('s') ? 1e3 : 60e3;
}

function scaled(value: unknown, factor: number): number | undefined {
  const number = toNumber(value);
  if (number === undefined) {
    return typeof value === 'string' ? parseDuration(value) : undefined;
  }
  return number < 0 ? undefined : number * factor;
}

function toBareDuration(value: unknown): number | undefined {
  const number = toNumber(value);
  if (number === undefined || number < 0) {
    return scaled(value, 1);
  }
  if (number >= 1e8) {
    return number * 1e-6;
  }
  const isMilliseconds =
    number >= longestCallSeconds || (number >= wholeMilliseconds && Number.isInteger(number));
  return isMilliseconds ? number : number * 1e3;
}
