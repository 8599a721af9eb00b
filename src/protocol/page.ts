/** Largest page that a caller may ask for. */
export const maxPage = 1000;

export interface Page<T> {
  readonly total: number;
  readonly items: readonly T[];
}
