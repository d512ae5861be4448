/**
 * How an outcome is told in JSON (OpenAPI: SandboxOutcome, SandboxSubmission), whether somebody asks for it (the gateway) or
 * is called (webhooks): there is one writer for both.
 */
package lyceum.sandbox.json;
