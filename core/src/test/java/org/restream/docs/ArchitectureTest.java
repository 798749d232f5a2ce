package org.restream.docs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.Listener;
import org.restream.Restream;
import org.restream.testing.PackageTable;

/** Checks the code against the table in docs/architecture.md. */
class ArchitectureTest {
    private static final String INTERNAL = "org.restream.internal.";
    private static final PackageTable TABLE =
            PackageTable.read(Restream.class, INTERNAL, INTERNAL, Pattern.compile("(?!cli\\b).*"));
    private static final JavaClasses CLASSES = TABLE.classes();

    static Set<String> packages() {
        return TABLE.packages();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_uses_only_those_that_the_table_says(String name) {
        TABLE.check(name);
    }

    @Test
    void the_packages_of_the_table_are_the_internal_packages() {
        assertThat(TABLE.found()).isEqualTo(TABLE.packages());
    }

    @Test
    void exchange_needs_no_net_and_net_and_exchange_meet_in_link() {
        assertThat(TABLE.usedBy("exchange")).contains("link").doesNotContain("net");
        assertThat(TABLE.usedBy("net")).contains("link").doesNotContain("exchange");
        assertThat(TABLE.usedBy("reconnect")).isEqualTo(Set.of("text"));
        assertThat(List.of(TABLE.usedBy("link"), TABLE.usedBy("text"), TABLE.usedBy("concurrent")))
                .allMatch(Set::isEmpty);
        assertThat(TABLE.usedBy("wire")).isEqualTo(Set.of("text"));
        assertThat(TABLE.usedBy("event")).isEqualTo(Set.of("jfr", "text"));
    }

    @Test
    void no_internal_packages_use_each_other_in_a_circle() {
        slices().matching("org.restream.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void only_five_classes_of_the_API_use_what_is_behind_it() {
        noClasses()
                .that()
                .resideInAPackage("org.restream")
                .and()
                .haveNameNotMatching("org\\.restream\\.(Restream|Header|Check|ServerAddress|OptionFields)(\\$.*)?")
                .should()
                .dependOnClassesThat(resideInAPackage("org.restream.internal.."))
                .check(CLASSES);
    }

    /** A program without tests does not load it. */
    @Test
    void only_the_fake_uses_the_fake() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.restream.fake", INTERNAL + "fake")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.restream.fake", INTERNAL + "fake"))
                .check(CLASSES);
    }

    @Test
    void the_fake_of_the_API_uses_only_the_fake_behind_it() {
        noClasses()
                .that()
                .resideInAPackage("org.restream.fake")
                .should()
                .dependOnClassesThat(describe(
                        "internal, and not the fake's",
                        used -> used.getPackageName().startsWith(INTERNAL)
                                && !used.getPackageName().equals(INTERNAL + "fake")))
                .check(CLASSES);
    }

    @Test
    void only_net_knows_sockets() {
        noClasses()
                .that()
                .resideOutsideOfPackage(INTERNAL + "net")
                .should()
                .dependOnClassesThat(describe("of sockets", ArchitectureTest::isOfSockets))
                .check(CLASSES);
    }

    private static boolean isOfSockets(JavaClass used) {
        boolean network = used.getPackageName().equals("java.net")
                || (used.getPackageName().startsWith("javax.net")
                        && used.getSimpleName().contains("Socket"));
        boolean address = used.isEquivalentTo(InetSocketAddress.class)
                || used.isEquivalentTo(InetAddress.class)
                || used.isEquivalentTo(IDN.class)
                || used.isAssignableTo(Throwable.class);
        return (network && !address)
                || used.isAssignableTo(java.nio.channels.NetworkChannel.class)
                || used.isAssignableTo(java.nio.channels.Selector.class)
                || used.isEquivalentTo(java.nio.channels.Pipe.class);
    }

    @Test
    void what_is_of_the_wire_knows_no_sockets_no_threads_and_no_time() {
        noClasses()
                .that()
                .resideInAnyPackage(INTERNAL + "wire", INTERNAL + "session.wire")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "java.util.concurrent..", "java.time..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void time_comes_in_as_an_argument() {
        noClasses()
                .that()
                .resideOutsideOfPackage(INTERNAL + "concurrent")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(CLASSES);
    }

    @Test
    void nobody_sleeps_or_prints_or_logs_but_to_the_systems_logger() {
        noClasses()
                .that()
                // prints a line itself if the log fails
                .doNotHaveSimpleName("EventReporter")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethodWhere(describe(
                        "TimeUnit.sleep",
                        call -> call.getName().equals("sleep")
                                && call.getTargetOwner().isEquivalentTo(TimeUnit.class)))
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.apache..")
                .check(CLASSES);
    }

    @Test
    void only_the_API_is_exported() throws IOException {
        ModuleDescriptor module = TABLE.module();
        assertThat(module.exports())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactlyInAnyOrder("org.restream", "org.restream.fake");
        assertThat(module.exports()).allMatch(exports -> !exports.isQualified());
        assertThat(module.opens()).isEmpty();
    }

    static Stream<Class<?>> api() {
        return CLASSES.stream()
                .filter(type -> !type.getPackageName().startsWith(INTERNAL))
                .<Class<?>>map(JavaClass::reflect)
                .filter(ArchitectureTest::isPublic);
    }

    @ParameterizedTest
    @MethodSource("api")
    void no_internal_type_is_in_a_public_signature(Class<?> type) {
        Stream<Type> supertypes =
                Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()));
        Stream<Type> members = Stream.of(
                        Stream.of(type.getDeclaredMethods())
                                .filter(ArchitectureTest::isVisible)
                                .flatMap(ArchitectureTest::types),
                        Stream.of(type.getDeclaredConstructors())
                                .filter(ArchitectureTest::isVisible)
                                .flatMap(ArchitectureTest::types),
                        Stream.of(type.getDeclaredFields())
                                .filter(ArchitectureTest::isVisible)
                                .map(Field::getGenericType))
                .flatMap(types -> types);
        assertThat(Stream.concat(supertypes, members).map(Type::getTypeName))
                .noneMatch(name -> name.contains(INTERNAL) || name.contains("tools.jackson"));
    }

    /** So one listener can serve several types, for example any object. */
    @ParameterizedTest
    @MethodSource("api")
    void a_listener_may_take_more_than_it_is_given(Class<?> type) {
        Stream<Type> listeners = Stream.concat(
                        Stream.of(type.getDeclaredMethods()), Stream.of(type.getDeclaredConstructors()))
                .filter(ArchitectureTest::isVisible)
                .flatMap(member -> Stream.of(member.getGenericParameterTypes()))
                .filter(parameter -> parameter.getTypeName().startsWith(Listener.class.getName() + "<"));
        assertThat(listeners).allMatch(listener -> listener.getTypeName().contains("<? super "));
    }

    private static Stream<Type> types(Executable member) {
        Stream<Type> result = member instanceof Method method ? Stream.of(method.getGenericReturnType()) : Stream.of();
        return Stream.of(
                        result,
                        Stream.of(member.getGenericParameterTypes()),
                        Stream.of(member.getGenericExceptionTypes()))
                .flatMap(types -> types);
    }

    private static boolean isVisible(java.lang.reflect.Member member) {
        return Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers());
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }
}
