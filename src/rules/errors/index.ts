export { categoryIds, categoryTitle, classifyError, diagnoseError } from './diagnoseError';
export { actionRank, categorySeverity } from './standing';
