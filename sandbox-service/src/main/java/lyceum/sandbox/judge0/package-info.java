/**
 * How clients of Judge0 CE 1.13 are told of their submissions, whether they ask (the gateway) or are called (webhooks). A run
 * that came from one of them carries {@link lyceum.sandbox.judge0.Attributes} as its note; with them
 * {@link lyceum.sandbox.judge0.SubmissionJson} makes the text of a stored submission. Source of every name, number and text:
 * the documentation and the behaviour of Judge0 1.13.1 (github.com/judge0/judge0, tag v1.13.1).
 */
package lyceum.sandbox.judge0;
