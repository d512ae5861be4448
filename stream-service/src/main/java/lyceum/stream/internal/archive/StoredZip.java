package lyceum.stream.internal.archive;

import lyceum.stream.internal.EntryId;

/**
 * A file with entries.
 *
 * @param place where the store has it
 * @param last id of the last entry, {@link EntryId#NONE} where the name does not tell
 */
record StoredZip(String place, EntryId last) {}
