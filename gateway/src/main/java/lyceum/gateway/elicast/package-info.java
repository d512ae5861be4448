/**
 * The routes of the elicast contract: lessons, their sound, runs of their code, and study logs. Failures are plain text, as
 * the contract has them. A lesson of 100 MB is read, and written, as it passes.
 */
package lyceum.gateway.elicast;
