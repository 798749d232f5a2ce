package org.restream.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;
import org.restream.testing.Docs;

/** Holds the table of docs/operations.md to the events of Flight Recorder that there are. */
class FlightDocTest {
    private static final Pattern ROW = Pattern.compile("\\| `(restream\\.[A-Z]\\w+)` \\| [^|]* \\| ([^|]*)\\|");
    private static final Pattern FIELD = Pattern.compile("`(\\w+)`");
    private static final Pattern BRACKETS = Pattern.compile("\\([^)]*\\)");
    private static final Set<String> OF_ALL = Set.of("startTime", "duration", "eventThread", "stackTrace");

    private static Map<String, Set<String>> documented() {
        Map<String, Set<String>> events = new TreeMap<>();
        for (String line : Docs.lines("operations.md")) {
            ROW.matcher(line).results().forEach(row -> events.put(row.group(1), fields(row.group(2))));
        }
        return events;
    }

    /** Values of a field are in brackets. */
    private static Set<String> fields(String cell) {
        return FIELD.matcher(BRACKETS.matcher(cell).replaceAll(""))
                .results()
                .map(field -> field.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<EventType> types() {
        return new ClassFileImporter()
                .importPackages("org.restream.internal.jfr").stream()
                        .filter(found -> found.isAssignableTo(Event.class))
                        .map(JavaClass::reflect)
                        .map(found -> EventType.getEventType(found.asSubclass(Event.class)))
                        .toList();
    }

    @Test
    void each_event_is_documented_with_its_fields_and_no_other() {
        Map<String, Set<String>> found = new TreeMap<>();
        for (EventType type : types()) {
            Set<String> fields = new TreeSet<>();
            type.getFields().stream()
                    .map(ValueDescriptor::getName)
                    .filter(field -> !OF_ALL.contains(field))
                    .forEach(fields::add);
            found.put(type.getName(), fields);
        }
        assertThat(documented()).hasSizeGreaterThan(5).isEqualTo(found);
    }

    @Test
    void each_event_is_described_and_on_by_default() {
        assertThat(types()).allSatisfy(type -> {
            assertThat(type.getDescription()).endsWith(".");
            assertThat(type.getLabel()).isNotBlank();
            assertThat(type.getCategoryNames()).containsExactly("restream");
            assertThat(type.isEnabled()).as("without a recording").isFalse();
            assertThat(type.getSettingDescriptors())
                    .filteredOn(setting -> setting.getName().equals("enabled"))
                    .allMatch(setting -> setting.getDefaultValue().equals("true"));
        });
    }
}
