/** Homework graded by the whole house, as its clients and the runners of the original see it. */
package lyceum.launcher.grading;
