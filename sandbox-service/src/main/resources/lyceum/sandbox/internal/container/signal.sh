# Sends signal $2 to the program that run.sh began; $1 is our directory.
read -r pid <"$1/pid" && kill -"$2" "$pid"
