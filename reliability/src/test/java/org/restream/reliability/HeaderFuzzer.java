package org.restream.reliability;

/** The target that the fuzzer, Jazzer, calls with its inputs. */
public final class HeaderFuzzer {
    private HeaderFuzzer() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        HeaderInvariants.check(bytes);
    }
}
