/* Prints the version that it runs with, from C, and fails where the installed CPU backend does not
   open. */
#include <flopmeter/flopmeter.h>
#include <stdio.h>

int main(void) {
    char why[256] = "";
    if (fm_device_count(FM_CPU, why, sizeof why) != 1) {
        printf("no CPU backend: %s\n", why);
        return 1;
    }
    printf("flopmeter %s\n", fm_version());
    return 0;
}
