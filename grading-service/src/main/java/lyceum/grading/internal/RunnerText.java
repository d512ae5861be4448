package lyceum.grading.internal;

/** What runners are answered, to the letter (contracts/grading.md, section 1); only the first one is success. */
enum RunnerText {
    OK("OK"),
    NOT_AN_ENVELOPE("not application/octet-stream"),
    NOT_DECRYPTED("decryption failure"),
    NOT_JSON("not valid json"),
    UUID_MISMATCH("uuid mismatch, do not attack"),
    SUBMISSION_NOT_FOUND("requested submission not found"),
    NOT_PENDING("submission is not pending"),
    NOT_A_SCORE("not valid score object"),
    HANDIN_NOT_FOUND("requested handin not found"),
    ALREADY_REPORTED("score already reported"),
    NOT_STORED("update database failed");

    private final String text;

    RunnerText(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** @return whether it is told with 400; everything behind the envelope is 200 */
    boolean isBadRequest() {
        return this == NOT_AN_ENVELOPE || this == NOT_DECRYPTED || this == NOT_JSON;
    }
}
