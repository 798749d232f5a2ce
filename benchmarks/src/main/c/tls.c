/* One body over TLS 1.3, up or down: tls PORT SERVER_PID up|down BYTES. Its end is a close_notify, in both directions.
   Prints what load prints. */
#include "common.h"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

static void wrong(const char *what) {
    fprintf(stderr, "wrong: %s\n", what);
    ERR_print_errors_fp(stderr);
    exit(1);
}

static uint64_t cpu_ns(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void transmit(SSL *tls, const void *bytes, size_t count) {
    size_t written;
    if (SSL_write_ex(tls, bytes, count, &written) != 1 || written != count) wrong("write failed");
}

/* Of the answer, everything: the body is checked, or has to be the number. */
static uint64_t receive(SSL *tls, int counted, uint64_t *number) {
    static unsigned char bytes[CHUNK];
    static char text[24];
    uint64_t received = 0;
    size_t n, header = 0;
    while (SSL_read_ex(tls, bytes, sizeof bytes, &n) == 1) {
        size_t skip = min64(n, sizeof HEADER_OUT - 1 - header);
        if (memcmp(bytes, HEADER_OUT + header, skip)) wrong("another header");
        header += skip;
        n -= skip;
        if (counted) {
            if (received + n >= sizeof text) wrong("more than a number");
            memcpy(text + received, bytes + skip, n);
        } else if (memcmp(bytes + skip, pattern_at(received), n)) {
            wrong("other bytes than expected");
        }
        received += n;
    }
    if (SSL_get_error(tls, 0) != SSL_ERROR_ZERO_RETURN) wrong("no close_notify");
    *number = strtoull(text, NULL, 10);
    return received;
}

int main(int argc, char **argv) {
    if (argc != 5) return fprintf(stderr, "usage: tls PORT SERVER_PID up|down BYTES\n"), 2;
    make_pattern();
    int up = !strcmp(argv[3], "up");
    uint64_t bytes = strtoull(argv[4], NULL, 10), number;
    clockid_t server;
    if (clock_getcpuclockid(atoi(argv[2]), &server)) wrong("no such server");

    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256"); /* the same for all, with hardware's help */
    SSL *tls = SSL_new(context);
    int fd = open_connection(atoi(argv[1]));
    fcntl(fd, F_SETFL, 0); /* blocking: the connection is there already, or the first write waits for it */
    SSL_set_fd(tls, fd);
    if (SSL_connect(tls) != 1) wrong("no handshake");

    uint64_t start = now_ns(), cpu = cpu_ns(server);
    transmit(tls, HEADER_IN, sizeof HEADER_IN - 1);
    for (uint64_t sent = 0; up && sent < bytes;) {
        size_t count = min64(bytes - sent, PERIOD);
        transmit(tls, pattern_at(sent), count);
        sent += count;
    }
    if (SSL_shutdown(tls) < 0) wrong("no close_notify sent");
    shutdown(fd, SHUT_WR);
    uint64_t received = receive(tls, up, &number);
    if ((up ? number : received) != bytes) wrong("not all bytes came");
    double seconds = (double)(now_ns() - start) / 1e9;
    printf("exchanges=1 seconds=%.6f cpu_s=%.6f load_cpu_s=%.4f\n", seconds, (double)(cpu_ns(server) - cpu) / 1e9,
           (double)cpu_ns(CLOCK_PROCESS_CPUTIME_ID) / 1e9);
    return 0;
}
