// Prints `N passed, N failed, N skipped` of a Vitest JSON report, and fails when anything failed, was skipped, or nothing ran.
// usage: node scripts/summarise-tests.mjs REPORT STATUS
import { existsSync, readFileSync } from 'node:fs';

const [report, status] = process.argv.slice(2);
if (!existsSync(report)) {
  console.log('no test ran: the build, the linter or the test runner failed before the first test');
  console.log('0 passed, 1 failed, 0 skipped');
  process.exit(1);
}
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
const skipped = numPendingTests + numTodoTests;
// A test file that does not load has no tests to count.
const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
const failed = numFailedTests + broken + (Number(status) !== 0 && numFailedTests + broken === 0 ? 1 : 0);
for (const file of testResults) for (const t of file.assertionResults) if (t.status !== 'passed') console.log(`${t.status}: ${file.name} › ${t.fullName}`);
console.log(`${numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed || skipped || numPassedTests === 0 ? 1 : 0);
