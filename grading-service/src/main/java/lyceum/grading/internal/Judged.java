package lyceum.grading.internal;

import lyceum.grading.Report;
import lyceum.grading.Text;

/**
 * How a judge's work ended.
 *
 * @param report what the judge reported; null where it did not come to that
 * @param failure why it was ended from outside ({@code Your submission has run out of time.}), or null
 * @param exitCode of the program, 128 + n for signal n; null where it never ended by itself
 * @param stdout what it wrote, or null where that is not UTF-8 or it was ended from outside
 * @param stderr the same
 */
record Judged(Report report, Text failure, Integer exitCode, String stdout, String stderr) {}
