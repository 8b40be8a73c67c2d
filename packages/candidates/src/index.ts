export type * from './candidate.js';
export { readCandidates, type ReadOptions } from './read/read.js';
export { mergeAlikeMachines } from './alike.js';
export { mergeLists, toCurrency, type Rates } from './currency.js';
export { attributeOf, unmetBy } from './fit/meets.js';
export { fittingCandidates, type Exclusion, type Fit, type Reason, type RequirementEffect } from './fit/fit.js';
export { checkStatedAttributes } from './fit/stated.js';
export { describeCandidate, describeLocation, describeValue } from './fit/describe.js';
export { builtInCatalogue, catalogueRates } from './catalogue/catalogue.js';
