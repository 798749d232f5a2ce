/** Counts for Micrometer. */
module org.restream.metrics {
    requires transitive org.restream;
    requires transitive micrometer.core;
    requires static transitive org.restream.files;
    requires static transitive org.jspecify;

    exports org.restream.metrics;
}
