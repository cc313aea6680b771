// Prints the version of the flopmeter that it runs with, from C++.
#include <flopmeter/flopmeter.h>
#include <iostream>

int main() {
    std::cout << "flopmeter " << fm_version() << '\n';
    return 0;
}
