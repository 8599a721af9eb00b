/** What the panel remembers when it is hidden or reloaded: where the reader was, never data. */
export interface SavedState {
  readonly traceKey: string;
  readonly selectedId?: string | undefined;
  /** The span that the host asked to show last. */
  readonly askedSpan?: string | undefined;
  readonly tab?: string | undefined;
  readonly filter: string;
  readonly onlyErrors: boolean;
  readonly criticalPath: boolean;
  readonly showDetail: boolean;
  /** Share of the list, percent. */
  readonly listShare: number;
  /** Folds that the reader has moved: id and whether it is open. */
  readonly folds: readonly (readonly [string, boolean])[];
  readonly listScroll: number;
  readonly detailScroll: number;
}

export const defaultListShare = 46;
export const listShareLimits = { least: 20, most: 80 } as const;
/** Folds that are kept; the oldest go first. */
const keptFolds = 500;

/** What a new panel begins with. */
export function freshState(traceKey: string): SavedState {
  return {
    traceKey,
    filter: '',
    onlyErrors: false,
    criticalPath: true,
    showDetail: true,
    listShare: defaultListShare,
    folds: [],
    listScroll: 0,
    detailScroll: 0,
  };
}

/** Reads what `getState` gave back, which may be of another version: what does not fit is left at its default. */
export function readState(value: unknown): SavedState | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const stored = new Map(Object.entries(value));
  const traceKey = stored.get('traceKey');
  if (typeof traceKey !== 'string') {
    return undefined;
  }
  const fresh = freshState(traceKey);
  const text = (name: string) => {
    const found: unknown = stored.get(name);
    return typeof found === 'string' ? found : undefined;
  };
  const flag = (name: string, otherwise: boolean) => {
    const found: unknown = stored.get(name);
    return typeof found === 'boolean' ? found : otherwise;
  };
  const number = (name: string, otherwise: number) => {
    const found: unknown = stored.get(name);
    return typeof found === 'number' && Number.isFinite(found) ? found : otherwise;
  };
  return {
    traceKey,
    selectedId: text('selectedId'),
    askedSpan: text('askedSpan'),
    tab: text('tab'),
    filter: text('filter') ?? '',
    onlyErrors: flag('onlyErrors', fresh.onlyErrors),
    criticalPath: flag('criticalPath', fresh.criticalPath),
    showDetail: flag('showDetail', fresh.showDetail),
    listShare: clampShare(number('listShare', fresh.listShare)),
    folds: readFolds(stored.get('folds')),
    listScroll: Math.max(0, number('listScroll', 0)),
    detailScroll: Math.max(0, number('detailScroll', 0)),
  };
}

/** Keeps the sash where both panes can be used. Percent. */
export function clampShare(share: number): number {
  return Math.min(listShareLimits.most, Math.max(listShareLimits.least, share));
}

/** The folds to store, at most so many that the state stays small. */
export function foldsToKeep(folds: ReadonlyMap<string, boolean>): SavedState['folds'] {
  return [...folds].slice(-keptFolds);
}

function readFolds(value: unknown): SavedState['folds'] {
  if (!Array.isArray(value)) {
    return [];
  }
  return value
    .filter(
      (entry: unknown): entry is [string, boolean] =>
        Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'boolean',
    )
    .slice(-keptFolds);
}
