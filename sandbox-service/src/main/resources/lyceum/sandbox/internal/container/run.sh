# Runs one program of a task and ends as it ends: $1 its directory, $2 ours, $3 its seconds of CPU time, $4 the blocks
# of 512 bytes of its longest file, $5 its processes, or 0 where they are counted elsewhere, $6 what it reads: nothing,
# input or terminal, $7 where its errors go: joined or apart; then env(1) and the program.
directory=$1 ours=$2 seconds=$3 blocks=$4 processes=$5 reads=$6 errors=$7
shift 7
cd "$directory" || exit 125
trap : HUP INT QUIT TERM # a terminal sends them to us too
[ "$errors" = apart ] && exec 3>&2 || exec 3>&1
exec 4<&0 2>/dev/null # what this shell has to say is not for the reader

ulimit -c 0
ulimit -n 1024
ulimit -f "$blocks"
ulimit -S -t "$seconds" && ulimit -H -t $((seconds + 1))
[ "$processes" = 0 ] || ulimit -u "$processes" || ulimit -p "$processes" # bash, and all others

# Its input comes in pieces, each behind a line with its length, the last one of length 0: the ways here cannot end.
feed() {
    while read -r bytes && [ "$bytes" -gt 0 ]; do
        dd bs="$bytes" count=1 iflag=fullblock
    done
}
begin='echo $$ >"$0/pid"; exec "$@" 2>&3 3>&- 4<&-'
rm -rf "$ours/input"
case $reads in
terminal) sh -c "$begin" "$ours" "$@" ;;
input)
    mkfifo "$ours/input"
    (exec <&4 >"$ours/input" 3>&- && feed) &
    sh -c "$begin" "$ours" "$@" <"$ours/input"
    ;;
*) sh -c "$begin" "$ours" "$@" </dev/null ;;
esac
code=$?

# Whoever is left would hold our streams open. Only where the first process is ours is everybody else ours, too.
case $(cat /proc/1/cmdline) in
*lyceum-cell*) kill -KILL -1 ;;
esac
rm -rf "$ours/times"
times >"$ours/times"
exit $code
