/* A server that goes away and comes back. For each line COUNT WAIT_MS on its standard input: waits for COUNT clients,
   resets all their connections at once, listens no more, and listens again before they are due, WAIT_MS after their loss.
   Says how long after that moment the first byte came from the first, from half, and from all of them, and when the last one
   had its answer. */
#include "common.h"

#include <sys/resource.h>

#define REQUEST 64

struct connection {
    int fd;
    size_t received;
};

static int port, epoll, listener = -1;
static struct connection *all;
static unsigned char scratch[CHUNK];

static void listen_again(void) {
    struct sockaddr_in at = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_ANY)};
    socklen_t length = sizeof at;
    int on = 1;
    listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 || listen(listener, 4096) < 0) die("listen");
    getsockname(listener, (struct sockaddr *)&at, &length);
    port = ntohs(at.sin_port);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &e) < 0) die("epoll_ctl");
}

static void sleep_until(uint64_t ns) {
    struct timespec t = {.tv_sec = (time_t)(ns / 1000000000u), .tv_nsec = (long)(ns % 1000000000u)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR) {
    }
}

static void reset(int fd) {
    struct linger none = {.l_onoff = 1, .l_linger = 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    close(fd);
}

/* The answer to a request that has ended; its body is the one that came, which is the same for all. */
static void answer(struct connection *c) {
    if (c->received != sizeof HEADER_IN - 1 + REQUEST) {
        fprintf(stderr, "a request of %zu bytes\n", c->received);
        exit(1);
    }
    struct iovec parts[] = {{HEADER_OUT, sizeof HEADER_OUT - 1}, {pattern, REQUEST}};
    if (writev(c->fd, parts, 2) != (ssize_t)(sizeof HEADER_OUT - 1 + REQUEST)) die("answer");
    close(c->fd);
}

/* Takes COUNT clients; those of the second time are answered. Notes when the first byte of each came. */
static void take(int count, int answering, uint64_t *came) {
    int accepted = 0, heard = 0, served = 0;
    uint64_t deadline = now_ns() + 60000000000u;
    while (answering ? served < count : heard < count) {
        struct epoll_event events[256];
        int n = epoll_wait(epoll, events, 256, 1000);
        if (now_ns() > deadline) {
            fprintf(stderr, "after 60 s %d of %d clients are here, %d served\n", heard, count, served);
            exit(1);
        }
        for (int i = 0; i < n; i++) {
            struct connection *c = events[i].data.ptr;
            if (c == NULL) {
                for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
                    if (accepted == count) die("one client too many");
                    c = &all[accepted++];
                    *c = (struct connection){.fd = fd};
                    struct epoll_event e = {.events = EPOLLIN | EPOLLET | EPOLLRDHUP, .data.ptr = c};
                    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e);
                }
                continue;
            }
            ssize_t got;
            while ((got = recv(c->fd, scratch, sizeof scratch, 0)) > 0) {
                if (c->received == 0) came[heard++] = now_ns();
                c->received += (size_t)got;
            }
            if (got < 0 && errno != EAGAIN) die("a client's connection");
            if (got == 0 && answering) {
                answer(c);
                served++;
            }
        }
    }
}

static double ms(uint64_t at, uint64_t due) {
    return ((double)at - (double)due) / 1e6;
}

int main(void) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    make_pattern();
    epoll = epoll_create1(0);
    listen_again();
    printf("READY port=%d\n", port);
    fflush(stdout);
    int count, wait_ms;
    while (scanf("%d %d", &count, &wait_ms) == 2) {
        all = calloc((size_t)count, sizeof *all);
        uint64_t *came = calloc((size_t)count, sizeof *came);
        take(count, 0, came);
        close(listener);
        for (int i = 0; i < count; i++) reset(all[i].fd);
        uint64_t due = now_ns() + (uint64_t)wait_ms * 1000000u;
        sleep_until(due - (uint64_t)wait_ms * 1000000u / 2);
        listen_again();
        take(count, 1, came);
        printf("CAME first=%.3f half=%.3f all=%.3f served=%.3f\n", ms(came[0], due), ms(came[(count - 1) / 2], due),
               ms(came[count - 1], due), ms(now_ns(), due));
        fflush(stdout);
        free(all);
        free(came);
    }
    return 0;
}
