package org.restream.internal.session;

/** 128 bits that stand for a state: two states with the same ones are taken for the same. */
final class Digest {
    private long a = 0x9e3779b97f4a7c15L;
    private long b = 0xc2b2ae3d27d4eb4fL;

    void add(long value) {
        a = Long.rotateLeft(a ^ mix(value), 27) * 0x9fb21c651e98df25L;
        b = Long.rotateLeft(b + mix(value ^ a), 31) * 0xd6e8feb86659fd93L;
    }

    void add(boolean value) {
        add(value ? 1 : 0);
    }

    long high() {
        return mix(a);
    }

    long low() {
        return mix(b);
    }

    private static long mix(long value) {
        long x = value * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 32)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 29);
    }
}
