# Looks for holes in the walls of its own container and tells them, or the kernel behind the walls: "Linux" or "gVisor".
# $1 is its directory, $2 the kernel that must be there, or empty; then hosts and ports that must be out of reach, or
# nothing where there must be no network at all.
directory=$1 wanted=$2
shift 2
holes=
hole() { holes="$holes${holes:+; }$1"; }
status() { sed -n "s/^$1:[[:space:]]*//p" /proc/self/status; }
mounted() { # whether the file system at $1 is of type $2, or any, and has option $3
    while read -r _ place type options _; do
        [ "$place" = "$1" ] || continue
        case "$2:,$options," in "$type:"*",$3,"* | "any:"*",$3,"*) return 0 ;; esac
    done </proc/mounts
    return 1
}
reach() {
    if command -v python3; then
        python3 -c 'import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 2)' "$1" "$2"
    elif command -v bash; then
        timeout 2 bash -c ': </dev/tcp/"$0"/"$1"' "$1" "$2"
    elif command -v nc; then
        nc -w 2 "$1" "$2" </dev/null
    else
        hole "python3, bash or nc is missing, so that its network cannot be tried"
        return 1
    fi >/dev/null 2>&1
}

# All versions of gVisor call themselves so (its pkg/sentry/kernel/version). It answers system calls itself, and tells
# nothing of filters and control groups.
kernel=Linux
case $(uname -v) in *"Sun Jan 10 15:06:54 PST 2016"*) kernel=gVisor ;; esac
[ "$wanted" = "" ] || [ "$wanted" = $kernel ] || hole "its kernel is not $wanted"

case $(tr '\0' ' ' </proc/1/cmdline) in *lyceum-cell*) ;; *) hole "it sees other processes" ;; esac
[ "$(id -u)" != 0 ] || hole "it is root"
case $(status 'Cap[A-Z][a-z]*') in *[1-9a-f]*) hole "it has capabilities" ;; esac
mounted / any ro || hole "its root can be written"
[ ! -e /var/run/secrets/kubernetes.io ] || hole "it has a token of the cluster"
if [ $kernel = Linux ]; then
    mounted "$directory" tmpfs rw || hole "its directory is not in memory"
    [ "$(status NoNewPrivs)" = 1 ] || hole "it may gain privileges"
    [ "$(status Seccomp)" = 2 ] || hole "its system calls are not filtered"
    case $(cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null) in
    max | 9223372036854771712) hole "its memory has no limit" ;;
    esac
fi
if [ $# = 0 ]; then
    [ "$(wc -l </proc/net/route)" -le 1 ] || hole "it has a network"
    grep -qv ' lo$' /proc/net/ipv6_route 2>/dev/null && hole "it has a network of IPv6"
fi
while [ $# -gt 1 ]; do
    reach "$1" "$2" && hole "it reaches $1"
    shift 2
done
echo "${holes:-$kernel}"
[ -z "$holes" ]
