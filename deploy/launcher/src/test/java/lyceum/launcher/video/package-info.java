/** Live video through the whole house: a real encoder on one side, players on the other. */
package lyceum.launcher.video;
