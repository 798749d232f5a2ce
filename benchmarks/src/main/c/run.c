/* Runs a command COUNT times, one after the other, and says how long it takes from start to exit, and its CPU time, with that
   of all that it starts: the means. run COUNT INPUT COMMAND… : INPUT is its standard input, what it says is dropped. */
#include "common.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>

int main(int argc, char **argv) {
    if (argc < 4) return fprintf(stderr, "usage: run COUNT INPUT COMMAND...\n"), 2;
    int count = atoi(argv[1]);
    uint64_t wall = 0;
    for (int i = 0; i < count; i++) {
        uint64_t start = now_ns();
        pid_t pid = fork();
        if (pid == 0) {
            int in = open(argv[2], O_RDONLY), out = open("/dev/null", O_WRONLY);
            if (in < 0 || out < 0) die(argv[2]);
            dup2(in, 0);
            dup2(out, 1);
            execvp(argv[3], argv + 3);
            die(argv[3]);
        }
        int status;
        if (pid < 0 || waitpid(pid, &status, 0) < 0) die("run");
        wall += now_ns() - start;
        if (status != 0) return fprintf(stderr, "%s ended with status 0x%x\n", argv[3], status), 1;
    }
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    double cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                 (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    printf("wall_ms=%.3f cpu_ms=%.3f\n", (double)wall / 1e6 / count, cpu * 1e3 / count);
    return 0;
}
