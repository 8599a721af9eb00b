import { once } from '../../model/once';

const locale = 'en-GB';
// made when they are first used: making them all takes 18 ms (measured), as long as the rest of the activation
const integer = once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }));
const oneDecimal = once(
  () =>
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    }),
);
const cents = once(
  () => new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
);
const smallMoney = once(
  () =>
    new Intl.NumberFormat(locale, {
      maximumSignificantDigits: 2,
      maximumFractionDigits: 8,
    }),
);
const clock = once(() => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }));
const weekdayClock = once(
  () =>
    new Intl.DateTimeFormat(locale, {
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    }),
);
const dayMonth = once(() => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }));
const dayMonthYear = once(
  () =>
    new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    }),
);
const weekdayDate = once(
  () =>
    new Intl.DateTimeFormat(locale, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
    }),
);
const weekdayDateYear = once(
  () =>
    new Intl.DateTimeFormat(locale, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    }),
);
const full = once(
  () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }),
);

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** `6,273`. */
export function formatCount(count: number): string {
  return integer().format(count);
}

/** `1 call`, `8 calls`. */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `580 ms`, `3.1 s`, `2 min 5 s`, `1 h 3 min`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < secondMs) {
    return durationMs > 0 && durationMs < 1 ? '<1 ms' : `${Math.round(durationMs)} ms`;
  }
  if (durationMs < minuteMs) {
    return `${oneDecimal().format(durationMs / secondMs)} s`;
  }
  if (durationMs < hourMs) {
    const seconds = Math.round(durationMs / secondMs);
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  const minutes = Math.round(durationMs / minuteMs);
  return `${formatCount(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** `$0.30`, `$0.0061`; `≥ $0.30` when some calls have no known price. */
export function formatUsd(usd: number, lowerBound = false): string {
  const amount = usd === 0 || usd >= 0.01 ? cents().format(usd) : smallMoney().format(usd);
  return `${lowerBound ? '≥ ' : ''}$${amount}`;
}

/** `412 B`, `1.4 kB`, `214 MB`: powers of 1000, as file managers show them. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let amount = bytes;
  let unit = 0;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit++;
  }
  const text =
    unit === 0 || amount >= 9.95 ? integer().format(amount) : oneDecimal().format(amount);
  return `${text} ${units[unit] ?? 'B'}`;
}

/** `just now`, `12 min ago`, `yesterday`, `Mon 04:48`, `9 Oct`, `9 Oct 2025`. Epoch ms, the reader's time zone. */
export function formatAgo(time: number, now: number): string {
  const age = now - time;
  if (age < 0) {
    return formatDate(time, now);
  }
  if (age < minuteMs) {
    return 'just now';
  }
  if (age < hourMs) {
    return `${Math.floor(age / minuteMs)} min ago`;
  }
  const days = daysBetween(time, now);
  if (days === 0) {
    return `${Math.floor(age / hourMs)} h ago`;
  }
  return days === 1 ? 'yesterday' : formatDate(time, now);
}

/** `04:48` today, `Mon 04:48` in the last week, else `9 Oct 04:48`. */
export function formatMoment(time: number, now: number): string {
  const days = daysBetween(time, now);
  if (days === 0) {
    return clock().format(time);
  }
  return days > 0 && days < 7
    ? weekdayClock().format(time).replace(',', '')
    : `${formatDate(time, now)} ${clock().format(time)}`;
}

/** `14 Oct 2026, 09:41:07`. */
export function formatTime(time: number): string {
  return full().format(time);
}

/** `Today`, `Yesterday`, `Mon 5 Oct`, `Mon, 6 Oct 2025` for `2025-10-06`; other text as it is. */
export function formatDay(isoDay: string, now: number): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDay);
  if (!match) {
    return isoDay;
  }
  const day = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  const days = daysBetween(day.getTime(), now);
  if (days === 0) {
    return 'Today';
  }
  if (days === 1) {
    return 'Yesterday';
  }
  return (isSameYear(day.getTime(), now) ? weekdayDate() : weekdayDateYear()).format(day);
}

function formatDate(time: number, now: number): string {
  return (isSameYear(time, now) ? dayMonth() : dayMonthYear()).format(time);
}

function isSameYear(time: number, now: number): boolean {
  return new Date(time).getFullYear() === new Date(now).getFullYear();
}

/** Calendar days from one moment to the other; rounding swallows the hour of a clock change. */
function daysBetween(time: number, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(time)) / dayMs);
}

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

/** What is known, joined as rows join it. */
export function joinFacts(facts: readonly (string | undefined)[]): string {
  return facts.filter(fact => fact !== undefined && fact !== '').join(' · ');
}
