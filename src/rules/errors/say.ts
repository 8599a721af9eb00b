import { once } from '../../model/once';
import type { Facts } from './category';

const grouped = once(() => new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 }));

/** A fact that is a number; undefined for none and for text. */
export function amount(facts: Facts, name: string): number | undefined {
  const value = facts[name];
  return typeof value === 'number' ? value : undefined;
}

/** A number as people read it: `131,422`. */
export function count(value: number): string {
  return grouped().format(value);
}

/** The fact as text, or other words when the message did not say. */
export function named(facts: Facts, name: string, otherwise: string): string {
  const value = facts[name];
  return value === undefined ? otherwise : String(value);
}

/** `the model "gpt-4o"` or `the model`. */
export function theModel(facts: Facts): string {
  return facts.model === undefined ? 'the model' : `the model "${facts.model}"`;
}

/** `127.0.0.1:11434`, or other words when the message did not say. */
export function theHost(facts: Facts, otherwise: string): string {
  if (facts.host === undefined) {
    return otherwise;
  }
  const host = String(facts.host);
  const bracketed = host.includes(':') ? `[${host}]` : host;
  return facts.port === undefined ? host : `${bracketed}:${facts.port}`;
}

/** `131,422 tokens sent, 128,000 fit: 3,422 over.` An empty text when neither number is known. */
export function overflow(facts: Facts, unit: string, sent: string, fit: string): string {
  const requested = amount(facts, 'requested');
  const limit = amount(facts, 'limit');
  if (requested !== undefined && limit !== undefined) {
    const both = `${count(requested)} ${unit} ${sent}, ${count(limit)} ${fit}`;
    return requested > limit ? `${both}: ${count(requested - limit)} over.` : `${both}.`;
  }
  if (requested !== undefined) {
    return `${count(requested)} ${unit} ${sent}.`;
  }
  return limit === undefined ? '' : `At most ${count(limit)} ${unit} ${fit}.`;
}

/** `Wait 7 min 12 s` in words; undefined when the message names no time. */
export function wait(facts: Facts): string | undefined {
  const seconds = amount(facts, 'retry_after_s');
  if (seconds === undefined) {
    return undefined;
  }
  if (seconds < 1) {
    return `${count(Math.ceil(seconds * 1000))} ms`;
  }
  if (seconds < 120) {
    return `${count(Math.ceil(seconds * 10) / 10)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  const rest = Math.ceil(seconds % 60);
  if (minutes >= 120) {
    return `${count(Math.ceil(minutes / 6) / 10)} h`;
  }
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** Sentences joined, the empty ones left out. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.filter(part => part !== undefined && part !== '').join(' ');
}
