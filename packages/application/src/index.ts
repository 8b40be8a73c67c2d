export type * from './model.js';
export { applicationModels, applicationName, buildApplication, chooseApplication } from './build.js';
export { attributeLabel } from './requirements.js';
export { conversion, priceUnit, unitByName } from './units.js';
