/* The load: opens connections, one per exchange, CONCURRENCY at a time, and checks every byte of every answer.
   Prints one line of name=value; an answer that is not right ends it with status 1. */
#include "common.h"

#include <sys/prctl.h>

/* So many at a time are a load, which looks at them no more often than this, as a network card does (ethtool -C). One that sleeps
   until the next packet comes is woken by it, which costs the sender, the server, as much as what it does for an exchange. */
#define MANY 16
#define MODERATION_US 50

enum expect { ECHOED, COUNTED, SOURCED };

struct slot {
    int fd;
    uint64_t start;
    uint64_t offset; /* where in the pattern the body starts: another one each time */
    uint64_t sent, received;
    size_t head_sent;
    int headed, newlines, finished;
    char text[24];
};

static int port, concurrency = 1, warm_ms, time_ms, deadline_s = 120, moderation_us = MODERATION_US;
static uint64_t count, up_bytes, down_bytes;
static enum expect expect = ECHOED;
static const char *path; /* HTTP, instead of the wire of the project */
static pid_t server;

static char head[256];
static size_t head_length;
static int epoll;
static uint64_t opened, completed, measured, window_start, window_end;
static clockid_t server_clock;
static unsigned char scratch[CHUNK];

/* Latencies: 64 steps for each power of two of nanoseconds. */
static uint64_t histogram[64 * 64];

static void record(uint64_t ns) {
    int power = 63 - __builtin_clzll(ns | 64);
    histogram[power * 64 + (int)(ns >> (power - 6) & 63)]++;
}

static double percentile_us(double p) {
    uint64_t rank = (uint64_t)(p / 100 * (double)measured + 0.5), seen = 0;
    for (int i = 0; i < 64 * 64; i++) {
        seen += histogram[i];
        if (seen >= rank && histogram[i] > 0)
            return (double)((64ull + (unsigned)i % 64) << (i / 64 - 6)) / 1000;
    }
    return 0;
}

static uint64_t cpu_ns(clockid_t clock) {
    struct timespec t;
    if (clock_gettime(clock, &t) < 0) die("the CPU time of the server");
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void wrong(struct slot *s, const char *what) {
    fprintf(stderr, "wrong answer: %s (%s), exchange %llu, after %llu of %llu body bytes sent, %llu received\n", what,
            errno ? strerror(errno) : "no error", (unsigned long long)completed, (unsigned long long)s->sent,
            (unsigned long long)up_bytes, (unsigned long long)s->received);
    exit(1);
}

static int transmit(struct slot *s) {
    if (s->finished) return 0;
    struct iovec parts[] = {{head + s->head_sent, head_length - s->head_sent},
                            {(void *)pattern_at(s->offset + s->sent), min64(up_bytes - s->sent, CHUNK)}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    ssize_t n = sendmsg(s->fd, &message, MSG_NOSIGNAL);
    if (n < 0) {
        if (errno == EAGAIN) return 0;
        wrong(s, "write failed");
    }
    size_t of_head = min64((uint64_t)n, head_length - s->head_sent);
    s->head_sent += of_head;
    s->sent += (uint64_t)n - of_head;
    if (s->head_sent == head_length && s->sent == up_bytes) {
        s->finished = 1;
        if (!path && shutdown(s->fd, SHUT_WR) < 0) wrong(s, "shutdown failed");
    }
    return 1;
}

static size_t skip_header(struct slot *s, unsigned char **bytes, size_t n) {
    if (s->newlines == 0 && s->received == 0 && **bytes != (path ? 'H' : '{')) wrong(s, "no header");
    if (path && s->newlines == 0 && n > 12 && memcmp(*bytes, "HTTP/1.1 200", 12)) wrong(s, "not 200");
    while (!s->headed && n > 0) {
        unsigned char b = *(*bytes)++;
        n--;
        s->newlines = b == '\n' ? s->newlines + 1 : b == '\r' ? s->newlines : 0;
        s->headed = s->newlines == 2;
    }
    return n;
}

static void check(struct slot *s, const unsigned char *bytes, size_t n) {
    if (expect == COUNTED) {
        if (s->received + n >= sizeof s->text) wrong(s, "more than a number");
        memcpy(s->text + s->received, bytes, n);
    } else if (memcmp(bytes, pattern_at(s->received + (expect == ECHOED ? s->offset : 0)), n)) {
        errno = 0;
        wrong(s, "other bytes than expected");
    }
    s->received += n;
}

static void check_end(struct slot *s) {
    errno = 0;
    if (!s->finished) wrong(s, "ended before the request");
    if (!s->headed) wrong(s, "ended inside the header");
    if (expect == COUNTED && strtoull(s->text, NULL, 10) != up_bytes) wrong(s, "not all bytes were counted");
    if (expect == ECHOED && s->received != up_bytes) wrong(s, "not all bytes came back");
    if (expect == SOURCED && s->received != down_bytes) wrong(s, "not all bytes came");
}

/* 1 for progress, 0 for nothing there, 2 for the end. */
static int receive(struct slot *s) {
    ssize_t n = recv(s->fd, scratch, sizeof scratch, 0);
    if (n < 0) {
        if (errno == EAGAIN) return 0;
        wrong(s, "read failed");
    }
    if (n == 0) return check_end(s), 2;
    unsigned char *bytes = scratch;
    size_t body = s->headed ? (size_t)n : skip_header(s, &bytes, (size_t)n);
    if (body > 0) check(s, bytes, body);
    return 1;
}

static void begin(struct slot *s) {
    memset(s, 0, sizeof *s);
    s->offset = opened++ * 61;
    s->start = now_ns();
    s->fd = open_connection(port);
    while (transmit(s)) {
    }
    struct epoll_event e = {.events = EPOLLIN | EPOLLET | (s->finished ? 0 : EPOLLOUT), .data.ptr = s};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, s->fd, &e) < 0) die("epoll_ctl");
}

static int more(uint64_t now) {
    return time_ms > 0 ? now < window_end : opened < count;
}

static void go_on(struct slot *s) {
    for (;;) {
        int out = transmit(s);
        int in = s->head_sent > 0 ? receive(s) : 0;
        if (in == 2) break;
        if (in == 0 && out == 0) return;
    }
    close(s->fd);
    s->fd = -1;
    completed++;
    uint64_t now = now_ns();
    if (now >= window_start && now < window_end) {
        measured++;
        record(now - s->start);
    }
    if (more(now)) begin(s);
}

static void options(int argc, char **argv) {
    int o;
    while ((o = getopt(argc, argv, "p:c:w:t:n:u:e:H:P:d:m:")) != -1) {
        switch (o) {
        case 'p': port = atoi(optarg); break;
        case 'c': concurrency = atoi(optarg); break;
        case 'w': warm_ms = atoi(optarg); break;
        case 't': time_ms = atoi(optarg); break;
        case 'n': count = strtoull(optarg, NULL, 10); break;
        case 'u': up_bytes = strtoull(optarg, NULL, 10); break;
        case 'e':
            expect = optarg[0] == 'e' ? ECHOED : optarg[0] == 'c' ? COUNTED : SOURCED;
            if (expect == SOURCED) down_bytes = strtoull(optarg, NULL, 10);
            break;
        case 'H': path = optarg; break;
        case 'P': server = atoi(optarg); break;
        case 'd': deadline_s = atoi(optarg); break;
        case 'm': moderation_us = atoi(optarg); break;
        default:
            fprintf(stderr, "usage: load -p PORT [-c CONCURRENCY] (-w MS -t MS | -n COUNT) [-u BYTES]"
                            " [-e echo|count|BYTES] [-H HTTP_PATH] [-P SERVER_PID] [-d DEADLINE_S] [-m MODERATION_US]\n");
            exit(2);
        }
    }
}

int main(int argc, char **argv) {
    options(argc, argv);
    make_pattern();
    head_length = path ? (size_t)snprintf(head, sizeof head,
                                          "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                          "Content-Length: %llu\r\n\r\n",
                                          path, (unsigned long long)up_bytes)
                       : (size_t)snprintf(head, sizeof head, HEADER_IN);
    if (server && (errno = clock_getcpuclockid(server, &server_clock)) != 0) die("the CPU clock of the server");
    epoll = epoll_create1(0);
    struct slot *slots = calloc((size_t)concurrency, sizeof *slots);
    uint64_t start = now_ns(), deadline = start + (uint64_t)deadline_s * 1000000000u, cpu = 0, cpu_before = 0;
    window_start = start + (uint64_t)warm_ms * 1000000u;
    window_end = time_ms > 0 ? window_start + (uint64_t)time_ms * 1000000u : UINT64_MAX;
    int before = 1, after = 0;
    prctl(PR_SET_TIMERSLACK, 1000);
    for (int i = 0; i < concurrency && (time_ms > 0 || opened < count); i++) begin(&slots[i]);
    do {
        if (before && now_ns() >= window_start) {
            before = 0;
            window_start = now_ns();
            cpu_before = server ? cpu_ns(server_clock) : 0;
        }
        if (concurrency >= MANY && moderation_us > 0)
            nanosleep(&(struct timespec){.tv_nsec = 1000L * moderation_us}, NULL);
        struct epoll_event events[256];
        int n = epoll_wait(epoll, events, 256, 100);
        for (int i = 0; i < n; i++) go_on(events[i].data.ptr);
        uint64_t now = now_ns();
        if (now >= window_end && measured == 0) window_end = now + 100000000u; /* at least one */
        if (!after && now >= window_end) {
            after = 1;
            window_end = now;
            cpu = server ? cpu_ns(server_clock) - cpu_before : 0;
        }
        if (now > deadline) return fprintf(stderr, "%llu of %llu exchanges done after %d s\n",
                                           (unsigned long long)completed, (unsigned long long)opened, deadline_s), 1;
    } while (completed < opened || more(now_ns()));
    if (!after) {
        window_end = now_ns();
        cpu = server ? cpu_ns(server_clock) - cpu_before : 0;
    }
    if (measured == 0) return fprintf(stderr, "no exchange ended in time\n"), 1;
    double seconds = (double)(window_end - window_start) / 1e9;
    printf("exchanges=%llu seconds=%.6f rate=%.1f cpu_us=%.3f cpu_s=%.6f p50=%.1f p99=%.1f p999=%.1f load_cpu_s=%.4f\n",
           (unsigned long long)measured, seconds, (double)measured / seconds, (double)cpu / 1000 / (double)measured,
           (double)cpu / 1e9, percentile_us(50), percentile_us(99), percentile_us(99.9),
           (double)cpu_ns(CLOCK_PROCESS_CPUTIME_ID) / 1e9);
    return 0;
}
