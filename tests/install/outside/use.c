/* Prints the version of the flopmeter that it runs with, from C. */
#include <flopmeter/flopmeter.h>
#include <stdio.h>

int main(void) {
    printf("flopmeter %s\n", fm_version());
    return 0;
}
