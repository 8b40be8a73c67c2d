/** What a pipeline is written for. */
export interface Pipeline {
  /** Models, as the command line names them. */
  paths: readonly string[];
  /** The application, where the models have several. */
  application?: string;
  /** The images file, where it is named. */
  images?: string;
  target: 'swarm' | 'cloudiator';
  /** The branch whose state is applied, where it is not the usual one. */
  branch?: string;
  /** The environment that asks for approval before something is applied. */
  environment: string;
  /** Further options of `camelc plan`, as a shell reads them. */
  planOptions?: string;
  /** Variables that the model names: credentials, and others. */
  credentials: readonly string[];
  variables: readonly string[];
}

/** A word that a shell takes as it is. */
export const shellWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** The first line of what is written: a file that begins otherwise is somebody else's. */
export const mark = (service: string): string => `# Written by \`camelc ci ${service}\`.`;

/** Each line of a text, further to the right. */
export const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));

/**
 * Lends a key to what follows, through an agent; no file holds it.
 * @param key the command that prints it
 */
export const lendKey = (key: string): string =>
  ['install -m 700 -d ~/.ssh', `printf '%s\\n' "$DOCKER_KNOWN_HOSTS" >> ~/.ssh/known_hosts`, 'eval "$(ssh-agent)" > /dev/null', `${key} | ssh-add -q -`].join('\n');

/** Plans; the exit code says whether there is something to apply, and the text of the plan is kept. */
export function planLines({ paths, application, images, target, planOptions }: Pipeline): string {
  const named = Object.entries({ application, images }).flatMap(([option, value]) => (value === undefined ? [] : [`--${option}`, value]));
  const words = [...paths, ...named, '--target', target].map(shellWord);
  return [
    'status=0',
    `npx --no camelc plan ${[...words, ...(planOptions ? [planOptions] : [])].join(' ')} --out plan.json --no-color > plan.txt 2>&1 || status=$?`,
    'cat plan.txt',
  ].join('\n');
}

/** Bytes of a plan that a comment shows at most; GitHub takes 65,536 characters. */
const longestComment = 60_000;

/** Makes of plan.txt what a comment shows as it is: whole lines, and a word where there are more. */
export const commentLines = `{ echo '~~~~~~'; LC_ALL=C awk '(n += length + 1) <= ${longestComment}' plan.txt; echo '~~~~~~'
  [ "$(wc -c < plan.txt)" -le ${longestComment} ] || echo 'This is not all: the log of the job has the whole plan.'; } > plan.md`;

/** How camelc comes to the repository. */
export const installing = 'npm install --save-dev PACKAGE, the name or address that you have camelc from; commit package.json and package-lock.json.';
