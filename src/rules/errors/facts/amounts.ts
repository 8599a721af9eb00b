import type { Grams } from '../grams';
import { mayMatch } from '../prefilter';
import type { Place } from '../signals';
import { amountShapes } from './amountShapes';
import { placeOf, type Fact } from './fact';
import { readNumeral } from './numbers';

const shapes = amountShapes.map(shape => ({ ...shape, mayMatch: mayMatch(shape.pattern) }));

const unitAfter =
  / ?(?:(?:input|output|prompt|total) )?(?:tokens?|bytes|pixels|characters|chars|mb|turns|steps|iterations)\b/iy;

/** Limit, requested and used amounts: tokens, bytes, pixels, turns, whatever the category counts. */
export function readAmounts(text: string, grams: Grams): readonly Fact[] {
  const known = new Map<string, Fact>();
  for (const shape of shapes) {
    if (known.has('limit') && known.has('requested')) {
      break;
    }
    if (!shape.mayMatch(grams)) {
      continue;
    }
    const { pattern, roles } = shape;
    const match = pattern.exec(text);
    const values = roles.map((_role, index) => readNumeral(match?.[index + 1] ?? ''));
    if (match === null || values.includes(undefined)) {
      continue;
    }
    const place = withUnit(text, placeOf(match));
    const taken = new Set(known.keys());
    for (const [index, role] of roles.entries()) {
      const value = values[index] ?? 0;
      if (role === 'added') {
        const before = Number(known.get('requested')?.value ?? 0);
        known.set('requested', { name: 'requested', value: before + value, place });
      } else if (!taken.has(role)) {
        known.set(role, { name: role, value, place });
      }
    }
  }
  return [...known.values()];
}

function withUnit(text: string, { start, end }: Place): Place {
  unitAfter.lastIndex = end;
  return { start, end: end + (unitAfter.exec(text)?.[0].length ?? 0) };
}
