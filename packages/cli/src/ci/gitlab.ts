/** A pipeline of GitLab CI: check, plan as a report, and apply that very plan after approval. */
import { commentLines, indented, installing, lendKey, mark, planLines, shellWord, type Pipeline } from './pipeline.js';

/** The file that GitLab reads. */
export const gitlabFile = '.gitlab-ci.yml';

export function gitlabPipeline(pipeline: Pipeline): string {
  const { paths, target, branch, environment } = pipeline;
  const onBranch = `$CI_COMMIT_BRANCH == ${branch === undefined ? '$CI_DEFAULT_BRANCH' : JSON.stringify(branch)}`;
  const models = paths.map(shellWord).join(' ');
  const reach =
    target === 'swarm'
      ? `
    - |
      case $DOCKER_HOST in
        ssh:*)
${indented(lendKey(`printf '%s' "$DOCKER_SSH_KEY" | base64 -d`), 10)} ;;
      esac`
      : '';

  return `${mark('gitlab')}
#
# Before the first run:
#   1. ${installing}
#   2. Operate > Environments: make \`${environment}\`; Settings > CI/CD > Protected environments: say who may deploy to it. Where your GitLab
#      has none of these, whoever may merge to the branch may start the job \`apply\`; so protect the branch.
#   3. Settings > CI/CD > Variables, for the environments \`${environment}*\`, what is confidential masked and hidden, and none of them expanded:
#      ${needed(pipeline)}
#   4. To see the plan as a note of merge requests too: CAMELC_NOTE_TOKEN, a project access token with the scope \`api\`.
stages: [check, plan, apply]

default:
  image: node:24-bookworm
  # The lock file of this repository says which camelc that is.
  before_script:
    - npm ci --cache .npm --prefer-offline
  cache:
    key:
      files: [package-lock.json]
    paths: [.npm]

workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: ${onBranch}

check:
  stage: check
  script:
    - |
      npx --no camelc check ${models}

plan:
  stage: plan
  rules:
    # A merge request from a fork is checked alone: it gets neither variables nor a way to the target.
    - if: $CI_PIPELINE_SOURCE == "merge_request_event" && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID
    - if: ${onBranch}
  environment:
    name: ${environment}-plan
    action: access
  script:${reach}
    - |
${indented(planLines(pipeline), 6)}
      if [ -n "$CAMELC_NOTE_TOKEN" ] && [ -n "$CI_MERGE_REQUEST_IID" ]; then
${indented(commentLines, 8)}
        curl --silent --show-error --fail --output /dev/null --header "PRIVATE-TOKEN: $CAMELC_NOTE_TOKEN" --data-urlencode body@plan.md \\
          "$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes"
      fi
      # 2: there are changes.
      [ "$status" -eq 2 ] || exit "$status"
  artifacts:
    when: always
    access: developer
    expose_as: plan
    paths: [plan.txt, plan.json]
    expire_in: 1 week

apply:
  stage: apply
  needs:
    - job: plan
      artifacts: true
  rules:
    - if: ${onBranch}
      when: manual
  # It waits where nothing changes, too; then it does nothing.
  # Protected: those who may deploy to it may start this job.
  environment:
    name: ${environment}
  # One at a time, and none is ended half way.
  resource_group: ${environment}
  interruptible: false
  script:${reach}
    - npx --no camelc apply plan.json --auto-approve --no-color
  artifacts:
    when: always
    access: developer
    paths: [.camelc]
    expire_in: 1 month
`;
}

function needed({ target, credentials, variables }: Pipeline): string {
  const way =
    target === 'swarm'
      ? 'DOCKER_HOST (ssh://user@manager.example.com), with it DOCKER_KNOWN_HOSTS, and DOCKER_SSH_KEY in base64 (base64 -w 0 KEYFILE), as only a line can be masked'
      : 'CLOUDIATOR_URL, CLOUDIATOR_EMAIL, CLOUDIATOR_TENANT and CLOUDIATOR_PASSWORD';
  return [way, ...variables, ...credentials].join(',\n#      ') + '.';
}
