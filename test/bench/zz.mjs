import { readFileSync } from 'node:fs';
import { createServerServices } from '../../packages/server/dist/services.js';
import { URI } from 'langium';
import { multiplier } from './editor/documents.mjs';
const documentOf = await multiplier(readFileSync('/work/shared/corpus/camel-2.5/FCRwithDataLocality.camel','utf8'));
const texts = Array.from({length:100},(_,i)=>documentOf(50_000,i));
const processor = () => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1000; };
for (let round=0; round<3; round++){
const files = new Map(texts.map((text, i) => [`file:///work/${i}.camel`, text]));
const fileSystem = { readFile: async (uri) => files.get(uri.toString()), readFileSync: (uri) => files.get(uri.toString()), exists: async (uri) => files.has(uri.toString()), stat: async (uri) => ({ isFile: true, isDirectory: false, uri }), readDirectory: async () => [...files.keys()].map((uri) => ({ isFile: true, isDirectory: false, uri: URI.parse(uri) })) };
const { shared, Camel } = await createServerServices({ fileSystemProvider: () => fileSystem });
const t=processor();
shared.workspace.WorkspaceManager.initialBuildOptions={validation:true};
await shared.workspace.WorkspaceManager.initializeWorkspace([{ uri: 'file:///work', name: 'work' }]);
const t1=processor();
let p=0; const t2=processor(); for (const x of texts) Camel.parser.LangiumParser.parse(x); p=processor()-t2;
console.log('open',(t1-t).toFixed(0),'parse alone',p.toFixed(0));
}
