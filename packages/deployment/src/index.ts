export type * from './deployment.js';
export { buildDeployment, type DeploymentInputs } from './build.js';
export { readImages, type ImageEntry, type Images } from './images-file.js';
export { imagesSchema } from './images-schema.js';
export { credentialEndings, isCredentialName } from './credentials.js';
export { isImageReference } from './container.js';
export { longestName, uniqueNames } from './names.js';
