/* A line between two network namespaces, for kernels without netem: line NAMESPACE NAMESPACE MBIT DELAY_MS. In each of them it
   makes an interface named "line". A packet leaves when those before it have left, by the rate, and arrives after the delay.
   1,000 packets find room; what comes then is dropped. It ends when its standard input does. */
#include "common.h"

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>

#define PACKETS 1000
#define MTU 1500

struct packet {
    uint64_t arrives;
    ssize_t length;
    unsigned char bytes[MTU];
};

struct direction {
    int from, to;
    uint64_t free_at; /* when the packets so far have left */
    unsigned first, count;
    struct packet queue[PACKETS];
};

static int make_interface(const char *namespace) {
    char path[256];
    snprintf(path, sizeof path, "/run/netns/%s", namespace);
    int ns = open(path, O_RDONLY | O_CLOEXEC);
    if (ns < 0 || setns(ns, CLONE_NEWNET) < 0) die(path);
    close(ns);
    int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
    struct ifreq request = {.ifr_name = "line", .ifr_flags = IFF_TUN | IFF_NO_PI};
    if (fd < 0 || ioctl(fd, TUNSETIFF, &request) < 0) die("/dev/net/tun");
    return fd;
}

static void take(struct direction *way, double ns_per_byte, uint64_t delay) {
    static unsigned char dropped[MTU];
    for (;;) {
        struct packet *packet = &way->queue[(way->first + way->count) % PACKETS];
        int room = way->count < PACKETS;
        ssize_t length = read(way->from, room ? packet->bytes : dropped, MTU);
        if (length <= 0) return;
        if (!room) continue;
        uint64_t now = now_ns();
        way->free_at = (way->free_at > now ? way->free_at : now) + (uint64_t)((double)length * ns_per_byte);
        packet->length = length;
        packet->arrives = way->free_at + delay;
        way->count++;
    }
}

static void deliver(struct direction *way) {
    while (way->count > 0 && way->queue[way->first].arrives <= now_ns()) {
        struct packet *packet = &way->queue[way->first];
        /* an interface that is down drops it */
        if (write(way->to, packet->bytes, (size_t)packet->length) < 0 && errno == EAGAIN) return;
        way->first = (way->first + 1) % PACKETS;
        way->count--;
    }
}

int main(int argc, char **argv) {
    if (argc != 5) die("line NAMESPACE NAMESPACE MBIT DELAY_MS");
    int one = make_interface(argv[1]), other = make_interface(argv[2]);
    double ns_per_byte = 8000.0 / atof(argv[3]);
    uint64_t delay = (uint64_t)(atof(argv[4]) * 1e6);
    static struct direction there, back;
    there.from = back.to = one;
    there.to = back.from = other;
    puts("READY");
    fflush(stdout);
    for (;;) {
        uint64_t next = UINT64_MAX, now = now_ns();
        if (there.count > 0) next = there.queue[there.first].arrives;
        if (back.count > 0) next = min64(next, back.queue[back.first].arrives);
        uint64_t wait = next > now ? next - now : 0;
        struct timespec timeout = {.tv_sec = (time_t)(wait / 1000000000u), .tv_nsec = (long)(wait % 1000000000u)};
        struct pollfd polls[] = {{one, POLLIN, 0}, {other, POLLIN, 0}, {0, POLLIN, 0}};
        if (ppoll(polls, 3, next == UINT64_MAX ? NULL : &timeout, NULL) < 0 && errno != EINTR) die("ppoll");
        char byte;
        if (polls[2].revents != 0 && read(0, &byte, 1) <= 0) return 0;
        take(&there, ns_per_byte, delay);
        take(&back, ns_per_byte, delay);
        deliver(&there);
        deliver(&back);
    }
}
