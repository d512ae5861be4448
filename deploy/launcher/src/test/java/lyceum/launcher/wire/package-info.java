/**
 * What replayed traffic needs, whoever's protocol it is: the whole house on fresh stores, a client that sends exactly what
 * it is given, and JSON read strictly.
 */
package lyceum.launcher.wire;
