# Unpacks an archive of $2 bytes, which comes on standard input and does not end there, into directory $1.
head -c "$2" | tar -xf - -C "$1"
