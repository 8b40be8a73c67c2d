// Prints `N passed, N failed, N skipped` of Vitest JSON reports, and fails when anything failed, was skipped, or nothing ran.
// usage: node scripts/summarise-tests.mjs STATUS REPORT...
import { existsSync, readFileSync } from 'node:fs';

const [status, ...reports] = process.argv.slice(2);
let [passed, failed, skipped] = [0, 0, 0];
for (const report of reports) {
  if (!existsSync(report)) {
    console.log(`${report} is missing: the build, the linter or the test runner failed before the first test`);
    failed++;
    continue;
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  // A test file that does not load has no tests to count.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  passed += numPassedTests;
  failed += numFailedTests + broken;
  skipped += numPendingTests + numTodoTests;
  for (const file of testResults) for (const t of file.assertionResults) if (t.status !== 'passed') console.log(`${t.status}: ${file.name} › ${t.fullName}`);
}
if (Number(status) !== 0 && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed || skipped || passed === 0 ? 1 : 0);
