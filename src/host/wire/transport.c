/* Waiting on a transport. */
#include "wire/transport.h"

#include <sched.h>

bool wire_receive_near(const wire_transport *t, int wait_ms, wire_message *message) {
    enum { NEAR_NS = 50000 };
    if (t->receive(t->self, 0, message)) return true;
    for (uint64_t end = wire_now() + NEAR_NS; wire_now() < end;) {
        sched_yield();
        if (t->receive(t->self, 0, message)) return true;
    }
    return t->receive(t->self, wait_ms, message);
}
