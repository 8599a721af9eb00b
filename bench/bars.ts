import { appending } from './appending';
import { besideDuckdb } from './besideDuckdb';
import { besideUsualTools } from './besideUsualTools';
import { contentStats } from './contentStats';
import { hostTicks } from './hostTicks';
import type { Bar } from './lib/bar';
import { memory } from './memory';
import { openRecord } from './openRecord';
import { opening } from './opening';
import { searching } from './searching';
import { watching } from './watching';

/** All that is measured, in the order of the report. Adding one is a file and a line here. */
export const bars: readonly Bar[] = [
  contentStats,
  besideDuckdb,
  besideUsualTools,
  memory,
  hostTicks,
  openRecord,
  appending,
  opening,
  watching,
  searching,
];
