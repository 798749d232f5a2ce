/** A JSON header and a byte stream, over a TCP connection that gets itself back. */
module org.restream {
    requires tools.jackson.core;
    requires static transitive org.jspecify;
}
