const errorLevels = new Set([
  'error',
  'err',
  'critical',
  'fatal',
  'severe',
  'alert',
  'emergency',
  'panic',
  'exception',
]);

/** Whether a level is ERROR or above: a name, or a number of Python (40), loguru (40) or pino (50). */
export function isErrorLevel(level: unknown, errorNumber = 40): boolean {
  if (typeof level === 'number') {
    return level >= errorNumber;
  }
  return typeof level === 'string' && errorLevels.has(level.trim().toLowerCase());
}
