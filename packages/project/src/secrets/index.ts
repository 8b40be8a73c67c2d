export { namedIn, secretOption } from './reference.js';
export { referencesOf, secretValues, type SecretOptions } from './values.js';
