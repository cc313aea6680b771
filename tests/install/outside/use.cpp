// Prints the version that it runs with, from C++, and fails where the installed CPU backend does
// not open.
#include <flopmeter/flopmeter.h>
#include <iostream>

int main() {
    char why[256] = "";
    if (fm_device_count(FM_CPU, why, sizeof why) != 1) {
        std::cout << "no CPU backend: " << why << '\n';
        return 1;
    }
    std::cout << "flopmeter " << fm_version() << '\n';
    return 0;
}
