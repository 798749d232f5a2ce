/* The floor: one thread, epoll, and as few system calls as an honest server of this wire can make.
   server BYTES FILE … listens at a port for each task, says which, and serves until its standard input ends. */
#include "common.h"

#include <fcntl.h>
#include <sys/sendfile.h>

enum task { EXCHANGE, UP, DOWN, FILES, ECHO, HOLD, TASKS };
static const char *names[] = {"exchange", "up", "down", "file", "echo", "hold"};

struct connection {
    int fd;
    unsigned char task;
    unsigned char headed; /* the request's header is over */
    unsigned char newline; /* the last byte of the header so far was one */
    unsigned char ended; /* the request is over */
    unsigned char greeted; /* our header is out */
    uint64_t received, sent;
    unsigned char *body; /* what is kept of the request's body */
    uint32_t length, capacity, taken;
};

static uint64_t down_bytes;
static int file;
static uint64_t file_bytes;
static int epoll;
static unsigned char scratch[CHUNK];

static void end(struct connection *c) {
    close(c->fd);
    free(c->body);
    free(c);
}

static void watch(struct connection *c) {
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = c};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &e) < 0) die("epoll_ctl");
}

static void keep(struct connection *c, const unsigned char *bytes, size_t count) {
    if (c->length + count > c->capacity) {
        c->capacity = (uint32_t)(c->length + count > 2 * c->capacity ? c->length + count : 2 * c->capacity);
        c->body = realloc(c->body, c->capacity);
    }
    memcpy(c->body + c->length, bytes, count);
    c->length += (uint32_t)count;
}

/* What of the bytes is body. */
static size_t after_header(struct connection *c, const unsigned char **bytes, size_t count) {
    while (!c->headed && count > 0) {
        unsigned char b = *(*bytes)++;
        count--;
        c->headed = b == '\n' && c->newline;
        c->newline = b == '\n';
    }
    return count;
}

/* Reads what is there: 1 for progress, 0 for nothing there or nothing to read for, -1 for trouble. */
static int receive(struct connection *c) {
    if (c->ended || (c->task == ECHO && c->taken < c->length)) return 0;
    ssize_t n = recv(c->fd, scratch, sizeof scratch, 0);
    if (n < 0) return errno == EAGAIN ? 0 : -1;
    if (n == 0) {
        c->ended = 1;
        return c->headed ? 1 : -1;
    }
    const unsigned char *bytes = scratch;
    size_t count = after_header(c, &bytes, (size_t)n);
    c->received += count;
    if (c->task == ECHO) c->length = c->taken = 0;
    if (c->task == EXCHANGE || c->task == ECHO) keep(c, bytes, count);
    return 1;
}

static ssize_t say(struct connection *c, const void *body, size_t count) {
    if (c->greeted) return count == 0 ? 0 : send(c->fd, body, count, MSG_NOSIGNAL);
    struct iovec parts[] = {{HEADER_OUT, sizeof HEADER_OUT - 1}, {(void *)body, count}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    ssize_t n = sendmsg(c->fd, &message, MSG_NOSIGNAL);
    if (n < (ssize_t)sizeof HEADER_OUT - 1) return -1; /* an empty send buffer takes a header */
    c->greeted = 1;
    return n - (ssize_t)(sizeof HEADER_OUT - 1);
}

/* Writes what can be written: 1 for progress, 0 for not now, 2 for all done, -1 for trouble. */
static int answer(struct connection *c) {
    char text[24];
    const unsigned char *bytes = NULL;
    uint64_t count = 0;
    switch (c->task) {
    case EXCHANGE:
        if (!c->ended) return 0;
        bytes = c->body + c->sent, count = c->length - c->sent;
        break;
    case UP:
        if (!c->ended) return 0;
        bytes = (unsigned char *)text, count = (uint64_t)sprintf(text, "%llu", (unsigned long long)c->received);
        break;
    case DOWN:
        if (!c->ended) return 0;
        bytes = pattern_at(c->sent), count = min64(down_bytes - c->sent, CHUNK);
        break;
    case FILES:
        if (!c->ended) return 0;
        break;
    case ECHO:
        if (!c->headed) return 0;
        bytes = c->body + c->taken, count = c->length - c->taken;
        if (count == 0 && c->greeted) return c->ended ? 2 : 0;
        break;
    case HOLD:
        if (!c->headed) return 0;
        if (c->greeted) return c->ended ? 2 : 0;
    }
    ssize_t n = c->task == FILES && c->greeted
                    ? sendfile(c->fd, file, &(off_t){(off_t)c->sent}, min64(file_bytes - c->sent, 1u << 30))
                    : say(c, bytes, count);
    if (n < 0) return errno == EAGAIN ? 0 : -1;
    c->sent += (uint64_t)n;
    c->taken += (uint32_t)n;
    uint64_t all = c->task == EXCHANGE ? c->length : c->task == UP ? count : c->task == DOWN ? down_bytes : file_bytes;
    return c->task < ECHO && c->sent == all ? 2 : 1;
}

/* Goes on until it would have to wait, and tells whether the connection lives on. */
static int serve(struct connection *c) {
    for (;;) {
        int in = receive(c);
        int out = in < 0 ? -1 : answer(c);
        if (out < 0 || out == 2) {
            end(c);
            return 0;
        }
        if (in == 0 && out == 0) return 1;
    }
}

static int listen_anywhere(int *port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY)};
    socklen_t length = sizeof at;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); /* accepted sockets inherit it */
    if (bind(fd, (struct sockaddr *)&at, sizeof at) < 0 || listen(fd, 4096) < 0) die("listen");
    getsockname(fd, (struct sockaddr *)&at, &length);
    *port = ntohs(at.sin_port);
    return fd;
}

static void accept_all(int listener, int task) {
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
        if (fd < 0) return;
        struct connection *c = calloc(1, sizeof *c);
        c->fd = fd, c->task = (unsigned char)task;
        if (serve(c)) watch(c);
    }
}

int main(int argc, char **argv) {
    if (argc < 3) return fprintf(stderr, "usage: server BYTES FILE\n"), 2;
    make_pattern();
    down_bytes = strtoull(argv[1], NULL, 10);
    file = open(argv[2], O_RDONLY);
    if (file < 0) die(argv[2]);
    file_bytes = (uint64_t)lseek(file, 0, SEEK_END);
    epoll = epoll_create1(0);
    int listeners[TASKS];
    printf("READY");
    for (int t = 0; t < TASKS; t++) {
        int port;
        listeners[t] = listen_anywhere(&port);
        printf(" %s=%d", names[t], port);
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = &listeners[t]};
        epoll_ctl(epoll, EPOLL_CTL_ADD, listeners[t], &e);
    }
    printf("\n");
    fflush(stdout);
    struct epoll_event in = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(epoll, EPOLL_CTL_ADD, 0, &in);
    for (;;) {
        struct epoll_event events[256];
        int n = epoll_wait(epoll, events, 256, -1);
        for (int i = 0; i < n; i++) {
            int *listener = events[i].data.ptr;
            if (listener == NULL) return 0;
            if (listener >= listeners && listener < listeners + TASKS)
                accept_all(*listener, (int)(listener - listeners));
            else
                serve(events[i].data.ptr);
        }
    }
}
