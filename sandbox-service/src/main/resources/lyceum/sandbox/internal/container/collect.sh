# Packs those of the named files ($3 …) in directory $1 that are plain files and lie behind no link, as far as they fit
# into $2 bytes together.
cd "$1" || exit
here=$(pwd -P) left=$2
shift 2
for name; do
    shift
    if [ -f "./$name" ] && [ "$(readlink -f "./$name")" = "$here/$name" ] &&
        bytes=$(wc -c <"./$name") && [ "$bytes" -le "$left" ]; then
        left=$((left - bytes))
        set -- "$@" "./$name"
    fi
done
[ $# = 0 ] || exec tar -cf - "$@"
