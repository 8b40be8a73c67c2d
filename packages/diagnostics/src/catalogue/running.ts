import { entry, type Entry } from '../entry.js';

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** What a target runs, as the verbs that need no model find it. */
export const running = {
  'running/nothing': entry<{ target: string; kind: string }>({
    severity: 'error',
    exit: 5,
    message: ({ target }) => `${target} runs nothing of camelc`,
    help: ({ kind }) =>
      `look whether this is the target that was meant: \`--host\`, ${kind === 'cloudiator' ? 'else CLOUDIATOR_URL,' : 'DOCKER_HOST or the Docker context'} chooses it`,
    explanation: 'Verbs that need no model, such as `status` and `rollback`, find the application in the target by what camelc keeps there of it.',
  }),
  'running/unknown': entry<{ target: string; application: string; known: string[]; suggestion?: string }>({
    severity: 'error',
    exit: 5,
    message: ({ target, application }) => `${target} runs no application \`${application}\``,
    help: ({ known, suggestion }) => (suggestion ? `did you mean \`${suggestion}\`?` : `it runs ${listed(known)}`),
    explanation: '`--application NAME` takes the name of an application that camelc deployed to this target, as `camelc status` shows it.',
  }),
  'running/several': entry<{ target: string; known: string[] }>({
    severity: 'error',
    exit: 64,
    message: ({ target, known }) => `${target} runs several applications: ${listed(known)}`,
    help: ({ known }) => `name one, such as \`--application ${known[0]}\``,
    explanation: 'Without a model, a verb takes the one application of the target. Where there are several, it has to be told which.',
  }),
  'running/unmoveable': entry<{ component: string; from: string; to: string }>({
    severity: 'error',
    exit: 5,
    message: ({ component, from, to }) => `${component} is annotated Unmoveable and runs on \`${from}\`; this would move it to \`${to}\``,
    help: () => 'plan without `--current FILE`, so that the deployment which was applied last counts',
    explanation:
      'What is annotated Unmoveable keeps its candidate once it is deployed. `plan` takes what runs from the target; a file given by `--current` may say otherwise, and then the solver knows no better.',
  }),
} satisfies Record<string, Entry<never>>;
