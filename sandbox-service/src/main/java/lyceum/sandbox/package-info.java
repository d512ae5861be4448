/** draft */
package lyceum.sandbox;
