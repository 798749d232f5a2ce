/** Streams between processes that survive: see {@link org.restream.Restream}. */
module org.restream {
    requires tools.jackson.core;
    requires static transitive org.jspecify;

    exports org.restream;
    exports org.restream.fake;
}
