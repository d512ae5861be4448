package lyceum.stream.internal.archive;

import lyceum.stream.internal.EntryId;

/** An entry of a recording, before its bytes are read. */
public record RecordedEntry(EntryId id, ZipMember member) {

    /** @return of its payload in bytes */
    public long length() {
        return member.length();
    }
}
