/** Homework, hand-ins, their judges and scores, and the protocol of outside runners. */
package lyceum.grading;
