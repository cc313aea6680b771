/* A monitor of the server's socket. Its events wait without bound: the library's own thread would
   stand still before a full queue. */
#include "wire/watch.h"

#include <stdint.h>
#include <string.h>
#include <zmq.h>

#define PLACE "inproc://flopmeter-connections"

bool wire_watch_open(wire_watch *watch, void *zmq_context, void *socket) {
    int unbounded = 0;
    if (zmq_socket_monitor(socket, PLACE, ZMQ_EVENT_ACCEPTED | ZMQ_EVENT_DISCONNECTED) != 0)
        return false;
    watch->events = zmq_socket(zmq_context, ZMQ_PAIR);
    return watch->events &&
           zmq_setsockopt(watch->events, ZMQ_RCVHWM, &unbounded, sizeof unbounded) == 0 &&
           zmq_connect(watch->events, PLACE) == 0;
}

/* An event is its number, 16 bits, and its value, 32 bits: here a descriptor. The address that
   follows is not of interest. */
int wire_watch_next(wire_watch *watch) {
    char event[6], address[512];
    int32_t descriptor;
    if (!watch->events) return -1;
    if (zmq_recv(watch->events, event, sizeof event, ZMQ_DONTWAIT) < 0) return -1;
    (void)zmq_recv(watch->events, address, sizeof address, ZMQ_DONTWAIT);
    memcpy(&descriptor, event + 2, sizeof descriptor);
    return descriptor;
}

void wire_watch_close(wire_watch *watch, void *socket) {
    if (!watch->events) return;
    (void)zmq_socket_monitor(socket, NULL, 0);
    zmq_close(watch->events);
}
