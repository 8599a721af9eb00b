/** What `makeTable` in rarest.ts returns, made by the build (scripts/lib/rarest-table.mjs). */
export const rarestTable: readonly string[];
