/* What server, load and hold share: bodies that can be checked, and small things. */
#ifndef COMMON_H
#define COMMON_H

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define HEADER_OUT "{\"ok\":true}\n\n"
#define HEADER_IN "{\"bench\":1}\n\n"

/* Every body is a part of this endless stream: 64 KiB of noise, again and again. */
#define PERIOD 65536
#define CHUNK (2 * PERIOD)
static unsigned char pattern[PERIOD + CHUNK];

static inline void make_pattern(void) {
    uint32_t x = 2463534242u;
    for (int i = 0; i < PERIOD; i++) {
        x ^= x << 13, x ^= x >> 17, x ^= x << 5;
        pattern[i] = (unsigned char)(x >> 24);
    }
    memcpy(pattern + PERIOD, pattern, PERIOD);
    memcpy(pattern + 2 * PERIOD, pattern, PERIOD);
}

static inline const unsigned char *pattern_at(uint64_t position) {
    return pattern + position % PERIOD;
}

static inline uint64_t min64(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

static inline uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static inline void die(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

/* A socket that is being connected, from one of many source addresses, so that ports never run out. */
static inline int open_connection(int port) {
    static uint32_t next = 0;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    if (fd < 0) die("socket");
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f010001u + next++ % 64)};
    if (bind(fd, (struct sockaddr *)&from, sizeof from) < 0) die("bind");
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (connect(fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) die("connect");
    return fd;
}

#endif
