import { candidatesIn } from './shape';
import { at, type Fields, firstOf, paths, toNumber } from './values';

// Exact names only: `timeout_ms` is no latency.
const milliseconds =
  paths(`latency_ms latencyMs duration_ms durationMs elapsed_ms elapsedMs total_duration_ms
  totalDurationMs response_time_ms responseTimeMs total_time_ms took_ms time_ms total_ms latency.total_ms latency.ms
  timing.total_ms timing.duration_ms metrics.latency_ms metrics.duration_ms response.latency_ms data.latency_ms
  data.duration_ms llm_latency_ms llm_duration_ms llm_time_ms llm_ms api_latency_ms model_latency_ms inference_ms inference_time_ms
  inference_latency_ms generation_time_ms generation_ms call_duration_ms call_latency_ms request_duration_ms processing_time_ms
  elapsed_time_ms elapsed_millis duration_millis latency_millis wall_ms wall_time_ms execution_time_ms total_latency_ms latency_in_ms
  response_latency_ms roundtrip_ms rtt_ms usage.latency_ms usage.duration_ms performance.latency_ms performance.duration_ms timing.latency_ms
  timing.elapsed_ms timings.total_ms response.duration_ms metadata.latency_ms metadata.duration_ms meta.latency_ms meta.duration_ms
  stats.latency_ms stats.duration_ms result.latency_ms result.duration_ms`);
const seconds =
  paths(`latency_s latency_sec latency_secs latency_seconds latencySeconds duration_s duration_sec
  duration_secs duration_seconds durationSeconds elapsed_s elapsed_sec elapsed_seconds elapsedSeconds response_time_s
  time_s total_time_s elapsed_secs elapsed_time_s elapsed_time_sec elapsed_time_seconds time_seconds time_sec time_taken_s
  time_taken_sec time_taken_seconds took_s response_time_sec response_time_seconds processing_time_s processing_time_sec processing_time_seconds
  inference_time_s inference_s generation_time_s execution_time_s execution_time_seconds runtime_s runtime_seconds wall_s wall_time_s
  wall_seconds llm_latency_s llm_time_s llm_seconds duration_in_seconds seconds secs metrics.latency_s metrics.duration_s data.latency_s
  timing.total_s timing.duration_s metadata.latency_s metadata.duration_s usage.duration_s`);
const nanoseconds = paths(
  'latency_ns duration_ns elapsed_ns total_duration response.total_duration',
);
const bare = paths(
  `latency duration elapsed elapsed_time response_time responseTime time_taken took total_time processing_time inference_time
  generation_time execution_time llm_time llm_latency api_latency model_latency latency_total total_latency wall_time runtime timing.duration
  timing.total metrics.latency metrics.duration performance.latency data.latency data.duration response.latency metadata.latency
  metadata.duration`,
);

const everyName = [...milliseconds, ...seconds, ...nanoseconds, ...bare];

const firstTokenMilliseconds =
  paths(`time_to_first_token_ms timeToFirstTokenMs ttft_ms ttftMs first_token_ms
  first_token_latency_ms firstTokenMs metrics.ttft_ms first_token_time_ms time_to_first_ms timing.ttft_ms timing.first_token_ms`);
const firstTokenSeconds = paths('time_to_first_token_s ttft_s ttft_sec ttft_seconds first_token_s');
const firstTokenBare = paths('time_to_first_token timeToFirstToken ttft');

const withUnit =
  /^\s*(\d{1,15}(?:\.\d{1,12})?)\s*(ns|us|µs|ms|msec|milliseconds?|s|secs?|seconds?|m|mins?|minutes?)\s*$/i;
/** Python's timedelta and .NET's TimeSpan: `0:00:02.531`. */
const clock = /^\s*(\d{1,4}):([0-5]\d):([0-5]\d(?:[.,]\d{1,9})?)\s*$/;
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

/** A hundred years: what is longer was never measured, and a sum of such is beyond all numbers. */
const longestMs = 100 * 366 * 24 * 3600 * 1000;

/** A figure in milliseconds; undefined when it is negative, no number, or no length of time. */
export function toDurationMs(value: unknown): number | undefined {
  const number = toNumber(value);
  return number === undefined || number < 0 || number > longestMs ? undefined : number;
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
  if (text.length > 60) {
    return undefined;
  }
  const time = clock.exec(text);
  if (time) {
    const [, hours, minutes, seconds = ''] = time;
    return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'))) * 1e3;
  }
  const parts = withUnit.exec(text);
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
  return toDurationMs(number * factor);
}

function toBareDuration(value: unknown): number | undefined {
  const number = toNumber(value);
  if (number === undefined || number < 0) {
    return scaled(value, 1);
  }
  if (number >= 1e8) {
    return toDurationMs(number * 1e-6);
  }
  const isMilliseconds =
    number >= longestCallSeconds || (number >= wholeMilliseconds && Number.isInteger(number));
  return isMilliseconds ? number : number * 1e3;
}
