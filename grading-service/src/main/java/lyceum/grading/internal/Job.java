package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;

/**
 * A hand-in that somebody grades.
 *
 * @param codePackage name of the package it was handed in for
 * @param fileName of an archive; null where content is a text
 * @param failures how many graders have lost it during this attempt
 */
record Job(Key key, String codePackage, String fileName, Buffer content, int failures) {

    /**
     * Which it is.
     *
     * @param attempt how often it was sent to be graded, from 1 on
     */
    record Key(String id, String student, String homework, int attempt) {}
}
