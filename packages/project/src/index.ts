export { readText, why, writeFolder, type SourceFile } from './files.js';
export { readSource, type Reading } from './reading.js';
export { readModels } from './model-files.js';
export { checkModels, loadApplication, type LoadedApplication, type ModelTexts } from './models.js';
export { imagesFile } from './convention-files.js';
export { currencies, type CandidateOptions, type CurrentOption, type ProblemOptions } from './options.js';
export { diagnosticToJson, toJson } from './report/json.js';
export { displayWidth, table, wrap } from './report/layout.js';
export { count, money, plain } from './report/numbers.js';
