export { categoryIds, categoryTitle, classifyError, diagnoseError } from './diagnoseError';
export { recallDiagnosis } from './recallDiagnosis';
export { actionRank, categorySeverity } from './standing';
