/**
 * What clients of Judge0 CE 1.13 send, without HTTP: their submissions made into runs of the sandbox. Source of every name,
 * number and text: the documentation and the behaviour of Judge0 1.13.1 (github.com/judge0/judge0, tag v1.13.1).
 *
 * <p>The flow: {@link lyceum.gateway.judge0.SubmissionForm} reads and checks what is sent and makes a run, whose note are
 * the {@link lyceum.sandbox.judge0.Attributes} that only Judge0 knows; {@link lyceum.sandbox.judge0.SubmissionJson} makes
 * the answer of a stored submission and its note. What Judge0 lets its operators switch off is how this one says no:
 * network, options of the compiler, several runs of one submission, and limits for each process are off, as
 * {@link lyceum.gateway.judge0.Configuration} tells.
 */
package lyceum.gateway.judge0;
