/** The restream command. */
module org.restream.cli {
    requires org.restream;
    requires info.picocli;

    opens org.restream.cli to
            info.picocli;
}
