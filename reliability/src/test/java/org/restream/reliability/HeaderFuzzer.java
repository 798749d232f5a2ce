package org.restream.reliability;

/** What the fuzzer, Jazzer, calls with whatever it thinks of. */
public final class HeaderFuzzer {
    private HeaderFuzzer() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        HeaderInvariants.check(bytes);
    }
}
