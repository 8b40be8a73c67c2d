export type * from './model.js';
export { applicationModels, applicationName, buildApplication, chooseApplication } from './build.js';
