export * from './generated/ast.js';
export { CamelGeneratedModule, CamelGeneratedSharedModule } from './generated/module.js';
export { camelModule, camelSharedModule, createCamelServices, type CamelServices } from './camel-module.js';
export { loadModels, standardLibrary, type LoadedModels, type SourceFile } from './load.js';
export { diagnosticsOf } from './diagnostics.js';
export { placeOf, placeOfName } from './place.js';
export { qualifiedNameOf } from './scoping/symbols.js';
export { constants, functions, type Arity } from './formula/functions.js';
