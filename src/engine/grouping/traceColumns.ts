import { Column, type ColumnsState } from '../store/columns';
import type { GivenNumbersState } from './givenNumbers';
import type { TraceNumbersState } from './traceNumbers';

/** All that a `TraceMembership` holds. */
export interface MembershipState extends GivenNumbersState {
  readonly columns: ColumnsState;
  readonly known: TraceNumbersState;
  readonly changes: number;
}

export type TraceColumns = ReturnType<typeof traceColumns>;

/** What is known of spans in traces, and of traces. */
export function traceColumns() {
  return {
    // by head: the number of its trace, and the spans before and after it there (plus one), in the order in which they came
    traceOf: new Column('id'),
    join: new Column('id'),
    before: new Column('near'),
    after: new Column('near'),
    // by number of a trace
    kind: new Column('id'),
    id: new Column('ascending'),
    session: new Column('id'),
    first: new Column('ascending'),
    last: new Column('ascending'),
    size: new Column('id'),
    version: new Column('id'),
  } as const;
}
