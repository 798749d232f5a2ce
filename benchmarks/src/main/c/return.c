/* The floor of clients that come back: one thread, epoll. For each line PORT COUNT WAIT_MS on its standard input: COUNT
   clients with one exchange each, tried again WAIT_MS after each loss, until all have their whole answer. */
#include "common.h"

#include <sys/resource.h>

#define REQUEST 64
#define ANSWER (sizeof HEADER_OUT - 1 + REQUEST)

struct client {
    int fd;
    size_t received;
    uint64_t due;
    unsigned char answer[ANSWER + 1];
};

static int epoll, port;
static uint64_t wait_ns;

/* Those that wait, the next one first: all wait for the same time. */
static struct client **waiting;
static size_t first, end, room;

static void try(struct client *c) {
    c->received = 0;
    c->fd = open_connection(port);
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLONESHOT, .data.ptr = c};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &e) < 0) die("epoll_ctl");
}

static void lost(struct client *c) {
    close(c->fd);
    c->fd = -1;
    c->due = now_ns() + wait_ns;
    waiting[end++ % room] = c;
}

static void request(struct client *c) {
    struct iovec parts[] = {{HEADER_IN, sizeof HEADER_IN - 1}, {pattern, REQUEST}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    if (sendmsg(c->fd, &message, MSG_NOSIGNAL) < 0) {
        lost(c);
        return;
    }
    shutdown(c->fd, SHUT_WR);
    struct epoll_event e = {.events = EPOLLIN | EPOLLET | EPOLLRDHUP, .data.ptr = c};
    if (epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &e) < 0) die("epoll_ctl");
}

/* 1 if it is done. */
static int receive(struct client *c) {
    for (;;) {
        ssize_t n = recv(c->fd, c->answer + c->received, sizeof c->answer - c->received, 0);
        if (n < 0 && errno == EAGAIN) return 0;
        if (n <= 0 && c->received < ANSWER) {
            lost(c);
            return 0;
        }
        if (n == 0) {
            if (memcmp(c->answer, HEADER_OUT, sizeof HEADER_OUT - 1) ||
                memcmp(c->answer + sizeof HEADER_OUT - 1, pattern, REQUEST))
                die("a wrong answer");
            close(c->fd);
            return 1;
        }
        c->received += (size_t)n;
    }
}

int main(void) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    make_pattern();
    epoll = epoll_create1(0);
    printf("READY\n");
    fflush(stdout);
    int count, wait_ms;
    while (scanf("%d %d %d", &port, &count, &wait_ms) == 3) {
        wait_ns = (uint64_t)wait_ms * 1000000u;
        room = (size_t)count;
        first = end = 0;
        struct client *clients = calloc(room, sizeof *clients);
        waiting = calloc(room, sizeof(struct client *));
        for (int i = 0; i < count; i++) try(&clients[i]);
        for (int done = 0; done < count;) {
            struct timespec left = {.tv_sec = 1};
            if (first < end) {
                uint64_t now = now_ns(), due = waiting[first % room]->due;
                left = (struct timespec){.tv_nsec = due > now ? (long)min64(due - now, 999999999) : 0};
            }
            struct epoll_event events[256];
            int n = epoll_pwait2(epoll, events, 256, &left, NULL);
            for (int i = 0; i < n; i++) {
                struct client *c = events[i].data.ptr;
                if (events[i].events & EPOLLOUT)
                    request(c);
                else
                    done += receive(c);
            }
            while (first < end && waiting[first % room]->due <= now_ns()) try(waiting[first++ % room]);
        }
        free(clients);
        free(waiting);
        printf("DONE exchanges=%d\n", count);
        fflush(stdout);
    }
    return 0;
}
