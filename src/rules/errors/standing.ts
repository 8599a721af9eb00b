import type { Severity } from '../../model/diagnostic';
import type { ErrorCategory } from './category';
import { categories } from './categories/index';

/**
 * What to act on first when several things went wrong: what somebody must change and nobody else will, then what is wrong
 * with the request, then what passes by itself, last what nobody understood.
 */
const actionOrder: readonly ErrorCategory['group'][] = [
  'access',
  'config',
  'money',
  'request',
  'size',
  'output',
  'agent',
  'capacity',
  'availability',
  'other',
];

/** Categories that are acted upon like those of another group. */
const actsLike: ReadonlyMap<string, ErrorCategory['group']> = new Map([
  ['quota_exhausted', 'money'],
  ['request_over_tpm', 'size'],
  ['tls_proxy', 'config'],
  ['local_runtime', 'config'],
  ['cancelled', 'other'],
]);

/** What is no plain error: it fails for everybody until somebody acts, or somebody wanted it so. */
const severities: ReadonlyMap<string, Severity> = new Map([
  ['billing', 'critical'],
  ['quota_exhausted', 'critical'],
  ['auth_invalid', 'critical'],
  ['auth_missing', 'critical'],
  ['verification_required', 'critical'],
  ['region_unsupported', 'critical'],
  ['cancelled', 'info'],
]);

const groupsById = new Map(categories.map(({ id, group }) => [id, actsLike.get(id) ?? group]));

/** Place in the order of what to act on first, 0 first; of an error category's id. */
export function actionRank(category: string): number {
  const group = groupsById.get(category);
  return group === undefined ? actionOrder.length : actionOrder.indexOf(group);
}

/** How bad a failure of this category is. */
export function categorySeverity(category: string): Severity {
  return severities.get(category) ?? 'error';
}
