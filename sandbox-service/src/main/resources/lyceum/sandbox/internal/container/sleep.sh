# The first process of a container: it holds the container open, for $1 seconds at most, and takes in orphans.
exec </dev/null >/dev/null 2>&1
left=$1
while [ "$left" -gt 0 ]; do
    sleep 10
    left=$((left - 10))
done
