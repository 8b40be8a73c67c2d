import { entry, type Entry } from '../entry.js';
import { shop, software } from './examples.js';

/** From references to the values of credentials. No message holds a value, nor what may be one. */
export const secret = {
  'secret/reference': entry<{ name: string }>({
    severity: 'error',
    exit: 5,
    confidential: true,
    message: ({ name }) => (name ? `it is not said where the value of ${name} comes from` : 'a reference names no credential'),
    help: ({ name }) => `write ${name || 'NAME'}=env:VARIABLE, file:PATH, age:PATH#KEY or command:LINE; the value itself is never written there`,
    explanation:
      'A credential of the model, `$NAME`, has a reference: `env:VARIABLE` (the variable, or else the file that `VARIABLE_FILE` names), `file:PATH`, `age:PATH` (a file encrypted by age with this value alone), `age:PATH#KEY` (one of its lines `KEY=VALUE`) or `command:LINE` (what the command prints). It stands in `--secret NAME=REFERENCE`, or in `secrets` of camelc.config.json; without one it is `env:NAME`. A value in its place is not used, and no report shows it: other users of the machine see command lines, so change that credential.',
    example: shop(software),
    files: { 'camelc.config.json': '{ "secrets": { "DB_PASSWORD": "changeme" } }' },
    run: 'camelc solve shop.camel',
  }),
  'secret/option': entry<{ name: string }>({
    severity: 'warning',
    message: ({ name }) => `${name} is a credential, which \`--var\` does not give`,
    help: ({ name }) => `say where its value comes from, \`--secret ${name}=file:PATH\`; other users of this machine see command lines, so change it`,
    explanation:
      'Variables that are credentials become secrets of the running system. Their values are looked up by references when a plan is made or applied; what `--var` says of them is not used.',
    example: shop(
      "deployment model D { software Web { container configuration C { image 'shop/web:1' env feature Settings { attribute DB_PASSWORD : string '$DB_PASSWORD' } } } }",
    ),
    run: 'camelc compile shop.camel --var DB_PASSWORD=changeme',
  }),
  'secret/missing': entry<{ name: string; variable: string }>({
    severity: 'error',
    exit: 5,
    message: ({ name, variable }) => `the credential ${name} has no value: neither $${variable} nor $${variable}_FILE is set`,
    help: ({ name }) => `set one of them, or say where it comes from: --secret ${name}=file:PATH, age:PATH#KEY or command:LINE`,
    explanation:
      'Values of credentials are looked up when a plan is made or applied. Without a reference the variable of the name gives the value, or else a file: `NAME_FILE` holds its path, as with the secrets of Docker and of CI systems.',
  }),
  'secret/unreadable': entry<{ name: string; path: string; why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ name, path, why }) => `the file of the credential ${name}, ${path}, cannot be read: ${why}`,
    help: ({ name }) => `put it there, or say where it is: --secret ${name}=file:PATH or age:PATH#KEY`,
    explanation:
      'The file that a reference `file:PATH` or `age:PATH`, or a variable `NAME_FILE`, names is missing or may not be read. Paths in camelc.config.json are from its folder, those in a saved plan from the folder of the plan; all others, also those of an apply that was interrupted, are from the folder where camelc runs.',
  }),
  'secret/value': entry<{ name: string; problem: string }>({
    severity: 'error',
    exit: 5,
    message: ({ name, problem }) => `the value of the credential ${name} ${problem}`,
    help: ({ problem }) => (problem.includes('UTF-8') ? 'encode it in base64, and let the service decode it' : undefined),
    explanation:
      'A value is a text of at least one and fewer than 512,000 bytes. An empty one is nearly always a variable or file that was not filled in. One newline at the end of a file or of what a command prints is no part of the value.',
  }),
  'secret/age': entry<{ name: string; path: string; problem: string }>({
    severity: 'error',
    exit: 5,
    message: ({ name, path, problem }) => `the file of the credential ${name}, ${path}, ${problem}`,
    explanation:
      'A reference `age:PATH` names a file encrypted by age, binary or armored, and `age:PATH#KEY` one of its lines `KEY=VALUE`. It is decrypted in memory alone, with the identities of `--age-identity FILE`, of `CAMELC_AGE_IDENTITY` or of the file that `CAMELC_AGE_IDENTITY_FILE` names, or with the passphrase `CAMELC_AGE_PASSPHRASE`.',
  }),
  'secret/identity': entry<{ source: string; problem: string }>({
    severity: 'error',
    exit: 5,
    message: ({ source, problem }) => (source ? `the age identity cannot be used: ${source} ${problem}` : 'there is no age identity to decrypt with'),
    help: () => 'give the identities in a file, --age-identity FILE or CAMELC_AGE_IDENTITY_FILE, or one as CAMELC_AGE_IDENTITY',
    explanation:
      'What age encrypts for a recipient (`age1…`) is decrypted by its identity, a line `AGE-SECRET-KEY-1…` as `age-keygen` writes it. Identities of SSH keys, of plug-ins, and files of identities that are encrypted themselves are not read.',
  }),
  'secret/command': entry<{ name: string; problem: string }>({
    severity: 'error',
    exit: 5,
    message: ({ name, problem }) => `the command that gives the credential ${name} ${problem}`,
    help: () => 'run it by hand to see what it says: its errors are not shown here, as they may hold the value',
    explanation: 'A reference `command:LINE` runs the line in a shell, in the folder where camelc runs; what it prints is the value. It has a minute.',
  }),
} satisfies Record<string, Entry<never>>;
