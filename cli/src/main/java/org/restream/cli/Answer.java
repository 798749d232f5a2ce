package org.restream.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.restream.Header;

/** The header fields that {@code --reply-header} adds to each answer. */
final class Answer {
    private Answer() {}

    static Header header(List<String> fields) {
        Map<String, String> header = new LinkedHashMap<>();
        for (String field : fields) {
            int sign = field.indexOf('=');
            if (sign <= 0) {
                throw new IllegalArgumentException(
                        "--reply-header '" + field + "' is no field: it takes name=value, as in kind=dump");
            }
            header.put(field.substring(0, sign), field.substring(sign + 1));
        }
        return Header.from(header);
    }
}
