export { renderCloudiator, type Manifest } from './render.js';
