/** How the grading service does it. */
package lyceum.grading.internal;
