#include <math.h>
#include <stdio.h>

int main(int count, char **arguments) {
    (void)arguments;
    puts(sqrt(count) > 0 ? "hello" : "");
    return 0;
}
