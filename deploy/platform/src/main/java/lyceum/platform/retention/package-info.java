/**
 * What an operator does not want to keep for ever is removed once a day, at most so much at a time that nobody notices.
 * Nothing is removed unless a setting says after how many days.
 *
 * <p>Of many instances each looks once a day, never two at once, and what the first one has removed the others do not find:
 * so none has to be chosen, and none is missed when it dies.
 */
package lyceum.platform.retention;
