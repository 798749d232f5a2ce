package org.restream.reliability.blackbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The spelling of constants in plans and reports: {@code CUT_FIN} is {@code cut-fin}. */
final class Names {
    private Names() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> E parse(Class<E> type, String name) {
        E[] all = type.getEnumConstants();
        return Arrays.stream(all)
                .filter(constant -> of(constant).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is none of "
                        + Arrays.stream(all).map(Names::of).collect(Collectors.joining(", "))));
    }
}
