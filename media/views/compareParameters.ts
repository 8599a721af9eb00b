/** One parameter of a call beside the one of the call before. */
export interface Parameter {
  readonly name: string;
  readonly value: unknown;
  readonly previous: unknown;
  readonly isChanged: boolean;
}

/** The parameters of a call in the order of the log, then those that only the call before had. */
export function compareParameters(
  params: Readonly<Record<string, unknown>>,
  previous: Readonly<Record<string, unknown>> | undefined,
): readonly Parameter[] {
  const before = new Map(Object.entries(previous ?? {}));
  const now = new Map(Object.entries(params));
  const names = new Set([...now.keys(), ...before.keys()]);
  return [...names].map(name => {
    const value = now.get(name);
    const old = before.get(name);
    const isChanged = previous !== undefined && JSON.stringify(value) !== JSON.stringify(old);
    return { name, value, previous: old, isChanged };
  });
}
