import { runsLocally } from '../analysis/priceBook';
import { isCall, type Span } from '../model/span';
import type { LogRule } from './rule';
import { span as timeSpan } from './say';

const windowMs = 5 * 60_000;
const fewCalls = 5;
const failingShare = 0.8;
const outageCategories: ReadonlySet<string> = new Set([
  'overloaded',
  'server_error',
  'connection_failed',
  'connection_dropped',
  'timeout',
]);

/** Nearly every call to a provider fails for some minutes, whatever the model: it is not the request. */
export const providerOutage: LogRule = {
  id: 'provider-outage',
  title: 'Provider was out of order',
  severity: 'error',
  docs: `Of ${fewCalls} calls or more to a provider within 5 minutes, ${failingShare * 100} % fail as overloaded, with server errors, timeouts or without a connection. Said at the first of them.`,
  looksAt: 'log',
  compare() {
    const providers = new Map<string, Attempt[]>();
    return {
      see: (span, { id }) => addAttempt(span, id, providers),
      conclude() {
        const outages = findOutages(providers);
        providers.clear();
        return (_span, { id }) => {
          const outage = outages.get(id);
          if (!outage) {
            return undefined;
          }
          const { provider, failed, calls, models, lastsMs, isEverybody } = outage;
          const told = `${failed} of ${calls} calls to ${provider} within ${timeSpan(lastsMs)} failed with server errors, overload, timeouts or no connection`;
          return {
            message: isEverybody
              ? `${told}, and so did those to every other provider of this log at that time. Then it is most likely your own network, proxy or DNS.`
              : `${told}${models > 1 ? `, across ${models} models` : ''}. Then it is most likely the provider, not your request.`,
            fixes: isEverybody
              ? [
                  'Check your own network first: proxy, VPN, DNS, firewall, and that the machine is online.',
                  'Try one request by hand (curl) from the same machine.',
                ]
              : runsLocally(provider)
                ? [
                    `Start ${provider} (again), and look at its own log: it runs on your own machine.`,
                    'See whether the model fits into the memory there, and how many requests it takes at a time.',
                  ]
                : [
                    `Look at the status page of ${provider}, and wait: nothing in the request will help.`,
                    'Fail over to another provider or region while it lasts.',
                    'Retry with a growing pause and a cap, and open a circuit breaker after a few failures.',
                  ],
            links: [],
            facts: { provider, failed, calls, duration_ms: Math.round(lastsMs) },
          };
        };
      },
    };
  },
};

interface Attempt {
  readonly id: number;
  readonly at: number;
  readonly model: string | undefined;
  readonly isDown: boolean;
}

interface Outage {
  readonly provider: string;
  readonly failed: number;
  readonly calls: number;
  readonly models: number;
  readonly lastsMs: number;
  readonly isEverybody: boolean;
}

/** By the id of the first call that failed. */
function findOutages(providers: ReadonlyMap<string, Attempt[]>): ReadonlyMap<number, Outage> {
  providers.forEach(attempts => attempts.sort((one, other) => one.at - other.at));
  const found = new Map<number, Outage>();
  for (const [provider, attempts] of providers) {
    for (const run of outagesIn(attempts)) {
      const [first] = run;
      const last = run.at(-1);
      if (first && last) {
        found.set(first.id, {
          provider,
          failed: run.filter(({ isDown }) => isDown).length,
          calls: run.length,
          models: new Set(run.map(({ model }) => model)).size,
          lastsMs: last.at - first.at,
          isEverybody: isEverybodyDown(providers, first.at, last.at),
        });
      }
    }
  }
  return found;
}

function addAttempt(span: Span, id: number, providers: Map<string, Attempt[]>): void {
  if (!isCall(span) || span.startTime === undefined || span.provider === undefined) {
    return;
  }
  const provider = span.provider.toLowerCase();
  const attempts = providers.get(provider) ?? [];
  providers.set(provider, attempts);
  const isDown = span.status === 'error' && outageCategories.has(span.error?.category ?? '');
  attempts.push({ id, at: span.startTime, model: span.model, isDown });
}

/** Stretches in which nearly every call fails, from the first failure to the last call of the window. */
function outagesIn(attempts: readonly Attempt[]): readonly (readonly Attempt[])[] {
  const outages: (readonly Attempt[])[] = [];
  let end = 0;
  let failed = 0; // of attempts[start, end)
  for (let start = 0; start < attempts.length;) {
    const first = attempts[start];
    while (first && end < attempts.length && (attempts[end]?.at ?? 0) <= first.at + windowMs) {
      failed += attempts[end]?.isDown === true ? 1 : 0;
      end++;
    }
    if (
      first?.isDown === true &&
      end - start >= fewCalls &&
      failed >= failingShare * (end - start)
    ) {
      // one call that got through in between does not end it
      while (attempts[end]?.isDown === true || attempts[end + 1]?.isDown === true) {
        if ((attempts[end]?.at ?? 0) > (attempts[end - 1]?.at ?? 0) + windowMs) {
          break;
        }
        end++;
      }
      outages.push(attempts.slice(start, end));
      start = end;
      failed = 0;
      continue;
    }
    failed -= first?.isDown === true ? 1 : 0;
    start++;
  }
  return outages;
}

/** Whether calls went to two providers or more then, and nearly all to each of them failed. */
function isEverybodyDown(
  providers: ReadonlyMap<string, readonly Attempt[]>,
  from: number,
  to: number,
): boolean {
  const meanwhile = [...providers.values()]
    .map(attempts => attempts.filter(({ at }) => at >= from && at <= to))
    .filter(attempts => attempts.length > 0);
  return (
    meanwhile.length > 1 &&
    meanwhile.every(
      attempts => attempts.filter(({ isDown }) => isDown).length >= failingShare * attempts.length,
    )
  );
}
