import { retryChains } from '../analysis/retryChains';
import { perTrace } from './perTrace';

/** The retry chains of a trace, worked out once. */
export const chainsOf = perTrace(retryChains);
