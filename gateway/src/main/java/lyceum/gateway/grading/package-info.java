/** What students are told live of their hand-ins. */
package lyceum.gateway.grading;
