/** What needs candidates, problems or the solver, whose loading takes time. */
export { readCandidateLists, type CandidateLists } from './candidate-lists.js';
export { readMetrics, type Metrics } from './metrics.js';
export { readRunningFile } from './running-file.js';
export { filterCandidates, poseProblem, type Filtered, type Given, type Posed } from './pose.js';
export { fixesOf } from './report/fixes.js';
export { solveProblem, type Searching, type Solved, type WithSolution } from './solve.js';
export { reasonTexts, type ReasonText } from './report/reasons.js';
export { candidatesToJson, cheapestFirst } from './report/candidates-json.js';
export { solutionToJson } from './report/solution-json.js';
