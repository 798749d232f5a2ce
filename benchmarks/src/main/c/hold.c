/* Holds connections: each has sent a header and a piece of its body, has got the header of the answer, and is quiet.
   hold PORT: "open N" on standard input opens more until there are N; "close" ends them all, cleanly. Each is answered
   with a line once it is done. A connection that ends by itself ends all, with status 1. */
#include "common.h"

/* So many wait for their header at a time: less than any server's backlog. */
#define UNDER_WAY 1024

struct held {
    int fd;
    size_t got;
};

static struct held *held;
static int port, epoll, capacity, opened, greeted, closed, closing;

static void wrong(const char *what) {
    fprintf(stderr, "%s (%s) with %d connections opened, %d greeted, %d closed\n", what,
            errno ? strerror(errno) : "no error", opened, greeted, closed);
    exit(1);
}

static void begin(void) {
    static const unsigned char head[] = HEADER_IN;
    unsigned char message[sizeof head - 1 + 64];
    memcpy(message, head, sizeof head - 1);
    memcpy(message + sizeof head - 1, pattern, 64);
    struct held *h = &held[opened++];
    h->fd = open_connection(port);
    h->got = 0;
    /* on the loopback interface a connection is there at once, unless the backlog is full */
    for (int tries = 0; send(h->fd, message, sizeof message, MSG_NOSIGNAL) < 0; tries++) {
        if (errno != EAGAIN || tries > 5000) wrong("not connected");
        usleep(1000);
    }
    struct epoll_event e = {.events = EPOLLIN | EPOLLRDHUP | EPOLLET, .data.ptr = h};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, h->fd, &e) < 0) die("epoll_ctl");
}

static void receive(struct held *h) {
    char answer[64];
    for (;;) {
        ssize_t n = recv(h->fd, answer, sizeof answer, 0);
        if (n < 0 && errno == EAGAIN) return;
        if (n < 0) wrong("read failed");
        if (n == 0) {
            errno = 0;
            if (!closing || h->got != sizeof HEADER_OUT - 1) wrong("a connection ended");
            close(h->fd);
            closed++;
            return;
        }
        if (h->got == 0) greeted++;
        h->got += (size_t)n;
    }
}

static void wait_for_events(void) {
    struct epoll_event events[256];
    int n = epoll_wait(epoll, events, 256, 30000);
    if (n == 0) errno = 0, wrong("nothing happened for 30 s");
    for (int i = 0; i < n; i++) receive(events[i].data.ptr);
}

int main(int argc, char **argv) {
    if (argc != 2) return fprintf(stderr, "usage: hold PORT\n"), 2;
    make_pattern();
    port = atoi(argv[1]);
    capacity = 65536;
    held = calloc((size_t)capacity, sizeof *held);
    epoll = epoll_create1(0);
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        uint64_t start = now_ns();
        int target = opened;
        if (sscanf(line, "open %d", &target) == 1 && target <= capacity) {
            while (greeted < target) {
                while (opened < target && opened - greeted < UNDER_WAY) begin();
                wait_for_events();
            }
        } else if (!strcmp(line, "close\n")) {
            closing = 1;
            for (int i = 0; i < opened; i++) {
                if (shutdown(held[i].fd, SHUT_WR) < 0) wrong("shutdown failed");
            }
            while (closed < opened) wait_for_events();
        } else {
            return fprintf(stderr, "what is: %s", line), 2;
        }
        printf("HELD open=%d closed=%d seconds=%.6f\n", greeted, closed, (double)(now_ns() - start) / 1e9);
        fflush(stdout);
    }
    return 0;
}
