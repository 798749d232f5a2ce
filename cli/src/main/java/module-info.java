/** The restream command. */
module org.restream.cli {
    requires org.restream;
    requires info.picocli;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;

    opens org.restream.cli to
            info.picocli;
}
