/** Example programs. */
module org.restream.examples {
    requires org.restream;
}
