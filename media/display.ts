/**
 * How numbers and times look, all of them. Values are what the model holds (milliseconds, epoch milliseconds, bytes,
 * US dollars); undefined never comes in: callers write "unknown" or "not in the log" themselves.
 */

let locale = 'en';
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The language of the window, as `ready` says it; one that the runtime does not know leaves English. */
export function setLocale(name: string): void {
  try {
    locale = Intl.getCanonicalLocales(name)[0] ?? 'en';
  } catch {
    // a made-up locale is a bad value, not a reason to show nothing
    locale = 'en';
  }
  numberFormats.clear();
  dateFormats.clear();
}

function numberFormat(minimum: number, maximum: number): Intl.NumberFormat {
  const key = `${minimum}-${maximum}`;
  const known = numberFormats.get(key);
  if (known) {
    return known;
  }
  const made = new Intl.NumberFormat(locale, {
    minimumFractionDigits: minimum,
    maximumFractionDigits: maximum,
  });
  numberFormats.set(key, made);
  return made;
}

function dateFormat(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = dateFormats.get(key);
  if (known) {
    return known;
  }
  const made = new Intl.DateTimeFormat(locale, options);
  dateFormats.set(key, made);
  return made;
}

/** `121,320` */
export function count(value: number): string {
  return numberFormat(0, 0).format(value);
}

/** A number with as many decimals as given: `102`, `2.7`. */
export function decimal(value: number, digits: number): string {
  return numberFormat(digits, digits).format(value);
}

/** `1 call`, `3 calls`; `plural` when it is not just an s. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

/** `580 ms`, `38.14 s`, `2 min 05 s`, `1 h 02 min`, `3 d 4 h`. */
export function duration(ms: number): string {
  if (ms < 0) {
    return `-${duration(-ms)}`;
  }
  if (ms > 0 && ms < 1) {
    return `${decimal(ms, 2)} ms`;
  }
  if (Math.round(ms) < secondMs) {
    return `${count(Math.round(ms))} ms`;
  }
  // 59.996 s would round to "60.00 s"
  if (Math.round(ms / 10) < 6000) {
    return `${decimal(ms / secondMs, 2)} s`;
  }
  const seconds = Math.round(ms / secondMs);
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  }
  const minutes = Math.round(ms / minuteMs);
  if (minutes < 24 * 60) {
    return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
  }
  return `${count(Math.floor(ms / dayMs))} d ${Math.floor((ms % dayMs) / hourMs)} h`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** A place on the time axis, with no more decimals than the step needs: `0 s`, `0.5 s`, `200 ms`. */
export function axisTime(ms: number, stepMs: number): string {
  if (stepMs < 1) {
    return `${decimal(ms, 2)} ms`;
  }
  if (stepMs < 100) {
    return `${count(ms)} ms`;
  }
  if (stepMs < minuteMs) {
    return `${decimal(ms / secondMs, stepMs < secondMs && ms !== 0 ? 1 : 0)} s`;
  }
  if (stepMs < hourMs) {
    return `${count(Math.round(ms / minuteMs))} min`;
  }
  return stepMs < dayMs
    ? `${count(Math.round(ms / hourMs))} h`
    : `${count(Math.round(ms / dayMs))} d`;
}

/** `14 Oct 2026, 09:41:07` in the order of the reader's language. */
export function dateTime(epochMs: number): string {
  return dateFormat('date-time', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(epochMs);
}

/** `09:41:25.658` */
export function clock(epochMs: number): string {
  return dateFormat('clock', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).format(epochMs);
}

/** Day of an ISO date (`2026-10-12`), which has no time zone; any other text is left as it is. */
export function day(isoDay: string): string {
  const time = /^\d{4}-\d\d-\d\d/.test(isoDay) ? Date.parse(isoDay) : Number.NaN;
  if (Number.isNaN(time)) {
    return isoDay;
  }
  return dateFormat('day', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(time);
}

/** `$0.2966`: four decimals below a dollar, two significant figures when that would be nothing. */
export function money(usd: number): string {
  if (usd === 0) {
    return '$0';
  }
  if (usd < 0.0001) {
    const digits = Math.min(12, 1 - Math.floor(Math.log10(usd)));
    return `$${numberFormat(0, digits).format(usd)}`;
  }
  return usd < 1 ? `$${decimal(usd, 4)}` : `$${decimal(usd, 2)}`;
}

/** `$0.278950`: for tables that must add up. */
export function exactMoney(usd: number): string {
  return usd > 0 && usd < 0.000001 ? money(usd) : `$${decimal(usd, 6)}`;
}

/** Price of a million tokens: `2.50`, `0.075`. */
export function price(usdPerMillion: number): string {
  return numberFormat(2, 4).format(usdPerMillion);
}

/** Share of a whole, 0..1: `5 %`, `0.9 %`. */
export function percent(share: number): string {
  const value = share * 100;
  return `${decimal(value, value > 0 && value < 0.95 ? 1 : 0)} %`;
}

/** `84.9 KB` (1 KB = 1000 bytes). */
export function bytes(value: number): string {
  if (value < 1000) {
    return counted(value, 'byte');
  }
  const units = ['KB', 'MB', 'GB', 'TB'];
  let scaled = value / 1000;
  let unit = 0;
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return `${decimal(scaled, scaled < 99.95 ? 1 : 0)} ${units[unit] ?? 'KB'}`;
}

/** `a, b, +2`: the first names and how many more. */
export function firstOf(names: readonly string[], shown: number): string {
  const more = names.length - shown;
  return [...names.slice(0, shown), ...(more > 0 ? [`+${more}`] : [])].join(', ');
}

/** Last part of a path of either kind. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Start of an id that is long enough to tell it from others: `ed2f89d9`. */
export function shortId(id: string): string {
  return id.length > 12 ? id.slice(0, 8) : id;
}

/** Error category as words: `rate_limit` to `rate limit`. */
export function words(identifier: string): string {
  return identifier.replaceAll('_', ' ');
}
