export type * from './model.js';
export { applicationModels, applicationName, buildApplication, chooseApplication, measuredNames } from './build.js';
