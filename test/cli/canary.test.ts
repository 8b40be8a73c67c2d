/** Credentials are planted wherever one may stand, and looked for in all that a run leaves behind. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { armor, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { canary, traces, writtenIn } from '../canary.js';
import { folderWith } from '../folders.js';
import { camelc } from './camelc.js';

const model = (web = '') => `camel model Shop {
  deployment model D {
    software Web {
      required communication Db port 5432 mandatory
      attribute config : string 'web.conf:/etc/web.conf'
      script configuration Start { devops 'docker' attribute 'registry.example.com/web:1' feature Arguments {
        [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.PaaS.Environment.Container.Docker.DockerArguments]
        attribute token : string 'API_TOKEN $API_TOKEN' attribute login : string 'password $REGISTRY_PASSWORD' attribute user : string 'username $REGISTRY_USER' ${web}
      } }
    }
    software Database { provided communication Sql port 5432 container configuration C { image 'postgres:17' env feature Settings { attribute SESSION : string '$SESSION' attribute DB_PASSWORD : string '\${DB_PASSWORD}' } } }
    communication WebToDatabase from Web.Db to Database.Sql
  }
}
`;
const identity = await generateIdentity();
const encrypter = new Encrypter();
encrypter.addRecipient(await identityToRecipient(identity));

const files = {
  'shop.camel': model(),
  'web.conf': 'password_file /run/secrets/API_TOKEN\n',
  'images.json': '{ "Database": { "secrets": { "EXTRA": "$SESSION" } } }',
  'camelc.config.json': '{ "secrets": { "DB_PASSWORD": "age:keys.age#DB_PASSWORD", "API_TOKEN": "file:token", "SESSION": "command:cat session" } }',
  'keys.age': armor.encode(await encrypter.encrypt(`DB_PASSWORD=${canary('age')}\n`)),
  token: `${canary('file')}\n`,
  session: canary('command'),
  'docker/config.json': JSON.stringify({ auths: { 'registry.example.com': { auth: Buffer.from(`user:${canary('login')}`).toString('base64') } } }),
};
const env = {
  DB_PASSWORD: canary('environment'),
  API_TOKEN: canary('environment'),
  SESSION: canary('environment'),
  REGISTRY_PASSWORD: canary('registry'),
  REGISTRY_USER: canary('user'),
  CAMELC_AGE_IDENTITY: identity,
  DOCKER_CONFIG: 'docker',
};

/** Runs in a folder of these files, and gives all that the run prints and writes. */
function traceOf(args: readonly string[], given: Readonly<Record<string, string | Buffer>>): { status: number | null; text: string; written: string[] } {
  const cwd = folderWith(given);
  const { status, stdout, stderr } = camelc(args, { cwd, env });
  const written = writtenIn(cwd, Object.keys(given));
  return { status, text: [stdout, stderr, ...written, ...written.map((path) => readFileSync(path, 'utf8'))].join('\n'), written };
}

const verbs = [
  ['check', '.'],
  ['check', '.', '--format', 'sarif'],
  ['candidates', '.'],
  ['problem', '.'],
  ['solve', '.'],
  ['compile', '.'],
  ['graph', '.', '--solve', '--out', 'shop.svg'],
  ['fmt', 'shop.camel'],
];
const formats = (args: string[]): string[][] => (['problem', 'graph', 'fmt'].includes(args[0]!) || args.includes('--format') ? [args] : [args, [...args, '--format', 'json']]);

describe('no verb leaves a trace of credentials', () => {
  test.each(verbs.flatMap(formats))('%s %s %s %s', (...args) => {
    const { status, text, written } = traceOf(args, files);
    expect(status).toBe(0);
    expect(traces(text)).toEqual([]);
    if (args[0] === 'compile') {
      expect(written.map((path) => path.split('/deploy/')[1])).toEqual(expect.arrayContaining(['stack.yml', 'hosts.json', 'configs/web.conf']));
      expect(text).toContain('shop_DB_PASSWORD');
    }
  });
});

describe('what is refused is not repeated', () => {
  const refused: [string, string[], Record<string, string>?][] = [
    ['a value in a docker argument', ['compile', '.'], { 'shop.camel': model(`attribute key : string 'SECRET_KEY ${canary('literal')}'`) }],
    ['a value in a login', ['compile', '.'], { 'shop.camel': model(`attribute other : string 'dockerpassword ${canary('literal')}'`) }],
    ['an address with a password', ['compile', '.'], { 'shop.camel': model(`attribute url : string 'URL postgres://u:${canary('literal')}@db/shop'`) }],
    ['a value in the images file', ['compile', '.'], { 'images.json': `{ "Database": { "secrets": { "EXTRA": "${canary('literal')}" } } }` }],
    ['a value as a reference in settings', ['compile', '.'], { 'camelc.config.json': `{ "secrets": { "API_TOKEN": "${canary('literal')}" } }` }],
    ['a number as a reference in settings', ['compile', '.'], { 'camelc.config.json': `{ "secrets": { "API_TOKEN": ["${canary('literal')}"] } }` }],
    ['a credential in an image', ['compile', '.'], { 'images.json': `{ "Database": { "image": "postgres:$API_TOKEN" } }` }],
    ['a credential in the path of a configuration', ['compile', '.'], { 'images.json': `{ "Database": { "configs": { "/etc/x": "$SESSION" } } }` }],
    ['a value beside a mistake', ['check', '.'], { 'shop.camel': model(`attribute key string 'SECRET_KEY ${canary('literal')}'`) }],
    ['a value in the place of a mistake', ['check', '.'], { 'shop.camel': model(`attribute key : string '$OTHER' 'SECRET_KEY ${canary('literal')}'`) }],
    ['a value in an images file that is not closed', ['compile', '.'], { 'images.json': `{ "Database": { "secrets": { "EXTRA": "${canary('literal')}" }` }],
    ['an image with a login', ['compile', '.'], { 'images.json': `{ "Database": "user:${canary('literal')}@registry.example.com/db:1" }` }],
    ['a command with a password', ['compile', '.'], { 'images.json': `{ "Database": { "command": ["serve", "postgres://u:${canary('literal')}@db"] } }` }],
    ['a variable without name', ['compile', '.', '--var', canary('option')]],
    ['a variable with an empty name', ['compile', '.', '--var', `=${canary('option')}`]],
    ['an option that is none', ['compile', '.', `--password=${canary('option')}`]],
  ];
  test.each(refused.flatMap(([what, args, more]) => [[what, args, more] as const, [`${what}, as JSON`, [...args, '--format', 'json'], more] as const]))('%s', (_, args, more) => {
    const { status, text, written } = traceOf(args, { ...files, ...more });
    expect(status).toBeGreaterThan(0);
    expect(written).toEqual([]);
    expect(traces(text)).toEqual([]);
  });
});

test('the value of a credential as an option is not used', () => {
  const { status, text } = traceOf(['compile', '.', '--var', `DB_PASSWORD=${canary('option')}`], files);
  expect(status).toBe(0);
  expect(text).toContain('secret/option');
  expect(traces(text)).toEqual([]);
});
