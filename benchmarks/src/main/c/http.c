/* What the JDK's HTTP client is measured with, a floor of its own: one thread, epoll, HTTP/1.1, one connection per request. A
   POST's body of 64 bytes is sent back. Says its port, and serves until its standard input ends. */
#include "common.h"

#define BODY 64
#define ANSWER "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 64\r\n\r\n"

struct connection {
    int fd;
    size_t count;
    char request[2048];
};

/* 1 if it is over. */
static int serve(struct connection *c) {
    for (;;) {
        ssize_t n = recv(c->fd, c->request + c->count, sizeof c->request - 1 - c->count, 0);
        if (n < 0 && errno == EAGAIN) return 0;
        if (n <= 0) return 1;
        c->count += (size_t)n;
        c->request[c->count] = 0;
        char *body = memmem(c->request, c->count, "\r\n\r\n", 4);
        if (body == NULL || c->request + c->count - (body + 4) < BODY) continue;
        struct iovec parts[] = {{ANSWER, sizeof ANSWER - 1}, {body + 4, BODY}};
        if (writev(c->fd, parts, 2) < 0) perror("writev");
        return 1;
    }
}

int main(void) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY)};
    socklen_t length = sizeof at;
    setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 || listen(listener, 4096) < 0) die("listen");
    getsockname(listener, (struct sockaddr *)&at, &length);
    printf("READY port=%d\n", ntohs(at.sin_port));
    fflush(stdout);
    int epoll = epoll_create1(0), input;
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = &listener};
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &e);
    e.data.ptr = &input;
    epoll_ctl(epoll, EPOLL_CTL_ADD, 0, &e);
    for (;;) {
        struct epoll_event events[256];
        int n = epoll_wait(epoll, events, 256, -1);
        for (int i = 0; i < n; i++) {
            struct connection *c = events[i].data.ptr;
            if (events[i].data.ptr == &input) return 0;
            if (events[i].data.ptr == &listener) {
                for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
                    c = calloc(1, sizeof *c);
                    c->fd = fd;
                    e = (struct epoll_event){.events = EPOLLIN | EPOLLET, .data.ptr = c};
                    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e);
                }
            } else if (serve(c)) {
                close(c->fd);
                free(c);
            }
        }
    }
}
