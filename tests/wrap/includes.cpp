// The wrappers in C++; every one of them is compiled.
#include <flopmeter/cuda_wrap.h>
#include <flopmeter/flopmeter.h>
