/** Programs to read and to start from. */
module org.restream.examples {
    requires org.restream;
}
