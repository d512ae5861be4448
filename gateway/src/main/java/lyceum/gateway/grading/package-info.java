/**
 * Homework, hand-ins and scores: the encrypted API of outside runners as the grading contract has it, and routes of our own for
 * students and teachers, who are told live of what becomes of a hand-in.
 */
package lyceum.gateway.grading;
