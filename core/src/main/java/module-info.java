/**
 * A JSON header and a byte stream over a TCP connection that reconnects by itself. See {@link org.restream.Restream}.
 */
module org.restream {
    requires tools.jackson.core;
    requires static jdk.jfr;
    requires static transitive org.jspecify;

    exports org.restream;
    exports org.restream.fake;
}
