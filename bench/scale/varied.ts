/**
 * Which ids of a copy are its own: `varied` all of them, `grouped` all but those of the trace, the session, the user and the like, so that one
 * of these grows, `same` none: only its times are.
 */
export const growths = ['varied', 'grouped', 'same'] as const;
export type Growth = (typeof growths)[number];

/** Seconds between two copies: loose calls are put together when there is less between them than half a minute. */
const secondsBetween: Readonly<Record<Growth, number>> = { varied: 61, grouped: 1, same: 1 };

const keyed =
  /(["']?[\w.-]{0,60}(?:[Ii]d|ID|[Uu]uid|UUID|_key|guid)["']?\s{0,3}[:=]\s{0,3}["']?)([\w:.@/+=-]{1,80})/g;
const longToken =
  /[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\b(?=[A-Za-z_]{0,40}[0-9])[0-9A-Za-z]{12,80}\b/g;
const noIds: ReadonlySet<string> = new Set(['null', 'true', 'false', 'None', 'undefined']);
const groupKey = /trace|session|conversation|thread|chat|user|account|project|group|rollout|task/i;
const dateTime = /(\d{4}-\d\d-\d\d)([T ])(\d\d:\d\d:\d\d)/g;
const epoch = /(?<![\w.])1[67]\d{8}(?:\d{3}|\d{6}|\d{9})?(?!\d)/g;

/** The text of a log as its writer would have written the same things again; copy 0 is the text itself. */
export function variedCopy(text: string, copy: number, growth: Growth): string {
  if (copy === 0) {
    return text;
  }
  const later = copy * secondsBetween[growth];
  const moved = text
    .replace(dateTime, (_, day: string, between: string, time: string) => {
      const iso = new Date(Date.parse(`${day}T${time}Z`) + later * 1000);
      return Number.isNaN(iso.getTime())
        ? `${day}${between}${time}`
        : iso.toISOString().slice(0, 19).replace('T', between);
    })
    .replace(epoch, digits =>
      String(BigInt(digits) + BigInt(later) * 10n ** BigInt(digits.length - 10)),
    );
  return growth === 'same' ? moved : withOtherIds(moved, copy, keptIds(moved, growth));
}

/** Ids of what grows, wherever else they stand. */
function keptIds(text: string, growth: Growth): ReadonlySet<string> {
  const kept = new Set<string>();
  if (growth === 'grouped') {
    for (const [, key = '', id = ''] of text.matchAll(keyed)) {
      if (groupKey.test(key)) {
        kept.add(id);
      }
    }
  }
  return kept;
}

function withOtherIds(text: string, copy: number, kept: ReadonlySet<string>): string {
  const other = (id: string) => (kept.has(id) || noIds.has(id) ? id : scrambled(id, copy));
  // what a name says is an id, it changes; what only looks like one must not change twice
  const changed = new Map<string, string>();
  for (const [, , id = ''] of text.matchAll(keyed)) {
    changed.set(id, other(id));
  }
  const given = new Set(changed.values());
  return text
    .replace(keyed, (_, key: string, id: string) => key + (changed.get(id) ?? id))
    .replace(longToken, token =>
      given.has(token) || /^\d+$/.test(token) ? token : (changed.get(token) ?? other(token)),
    );
}

/** Another id that is written alike: a digit for a digit, a letter for a letter, none above f in place of one up to f. */
function scrambled(id: string, copy: number): string {
  let state = Math.imul(copy, 0x9e3779b1) ^ 0x811c9dc5;
  for (let at = 0; at < id.length; at++) {
    state = Math.imul(state ^ id.charCodeAt(at), 0x01000193);
  }
  const pick = (letters: string): string => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return letters.charAt((state >>> 8) % letters.length);
  };
  // there are too few short ones
  const more = id.length < 8 ? String(copy) : '';
  const changed = id.replace(/[0-9a-zA-Z]/g, character => {
    if (/\d/.test(character)) {
      // no zero in front: that would be no number
      return pick('123456789');
    }
    const letters = /[a-f]/i.test(character) ? 'abcdef' : 'ghijklmnopqrstuvwxyz';
    return /[a-z]/.test(character) ? pick(letters) : pick(letters).toUpperCase();
  });
  return changed + more;
}
