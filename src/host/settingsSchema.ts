import type { GroupBy } from '../protocol/engineContract';
import { mappedFields, type Mapping } from '../model/mapping';
import { isBoolean, isGroupBy, isRecordOf, isStrings, propertyOf } from './guards';
import { settings as declared } from './manifest';

/** US dollars; what is not there has no limit. */
export interface Budget {
  readonly perTraceUsd?: number | undefined;
  readonly perDayUsd?: number | undefined;
}

export interface Settings {
  readonly autoDiscover: boolean;
  readonly inferTraces: boolean;
  readonly groupBy: GroupBy;
  /** Severity by rule id. */
  readonly rules: Record<string, string>;
  readonly budget: Budget;
  readonly mappings: readonly Mapping[];
  readonly 'problems.enabled': boolean;
  readonly 'codeLens.enabled': boolean;
  readonly 'statusBar.enabled': boolean;
  readonly 'watch.polling': boolean;
  readonly keepIndex: boolean;
}

const knownFields: ReadonlySet<string> = new Set(mappedFields);
/** Characters of a path, and mappings of one window. */
const maxPathLength = 200;
const maxMappings = 100;

const severities: readonly unknown[] = ['off', 'info', 'warning', 'error', 'critical'];

/** Reads every setting; a value of the wrong kind becomes the default, with one warning that names it. */
export function parseSettings(
  get: (name: keyof Settings) => unknown,
  warn: (text: string) => void,
): Settings {
  const parse = <T>(
    name: keyof Settings,
    isValid: (value: unknown) => value is T,
    fallback: T,
  ): T => {
    const value = get(name);
    if (isValid(value)) {
      return value;
    }
    warn(`The setting callsight.${name} has no valid value; its default is used.`);
    return fallback;
  };
  const parseSwitch = (
    name: Exclude<keyof Settings, 'groupBy' | 'rules' | 'budget' | 'mappings'>,
  ): boolean => parse(name, isBoolean, declared[name].default);
  return Object.freeze({
    autoDiscover: parseSwitch('autoDiscover'),
    inferTraces: parseSwitch('inferTraces'),
    groupBy: parse('groupBy', isGroupBy, declared.groupBy.default),
    // VS Code gives a proxy, which cannot be sent to a worker
    rules: { ...parse('rules', isRules, declared.rules.default) },
    budget: { ...parse('budget', isBudget, declared.budget.default) },
    mappings: parse('mappings', isMappings, []).map(copyOf),
    'problems.enabled': parseSwitch('problems.enabled'),
    'codeLens.enabled': parseSwitch('codeLens.enabled'),
    'statusBar.enabled': parseSwitch('statusBar.enabled'),
    'watch.polling': parseSwitch('watch.polling'),
    keepIndex: parseSwitch('keepIndex'),
  });
}

function isBudget(value: unknown): value is Budget {
  return (
    isRecordOf(value, isAmount) &&
    Object.keys(value).every(name => name === 'perTraceUsd' || name === 'perDayUsd')
  );
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}

function isRules(value: unknown): value is Record<string, string> {
  return isRecordOf(value, (item): item is string => severities.includes(item));
}

/** What the engine's schema accepts, so that one wrong mapping does not keep it from hearing the other settings. */
function isMappings(value: unknown): value is readonly Mapping[] {
  return Array.isArray(value) && value.length <= maxMappings && value.every(isMapping);
}

function isMapping(value: unknown): value is Mapping {
  const [name, fields, match] = ['name', 'fields', 'match'].map(key => propertyOf(value, key));
  return (
    isPath(name) &&
    isRecordOf(fields, isPath) &&
    Object.keys(fields).length > 0 &&
    Object.keys(fields).every(field => knownFields.has(field)) &&
    (match === undefined || (isStrings(match) && match.every(isPath)))
  );
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= maxPathLength;
}

/** VS Code gives proxies, which cannot be sent to a worker. */
function copyOf({ name, fields, match }: Mapping): Mapping {
  return { name, fields: { ...fields }, ...(match ? { match: [...match] } : {}) };
}
