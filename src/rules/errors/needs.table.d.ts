/** What `makeTable` in needs.ts returns, made by the build (scripts/lib/need-table.mjs). */
export const needTable: {
  readonly rarest: readonly string[];
  readonly needs: readonly string[];
};
