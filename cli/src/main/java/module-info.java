/** The restream command. */
module org.restream.cli {
    requires org.restream;
    requires org.restream.files;
    requires info.picocli;
    requires jdk.httpserver;
    // loaded when a command first needs it, by a loader of its own
    requires static org.bouncycastle.pkix;
    requires static org.bouncycastle.provider;
    requires static org.restream.metrics;
    requires static micrometer.core;
    requires static micrometer.registry.prometheus;

    opens org.restream.cli to
            info.picocli;
    opens org.restream.cli.command to
            info.picocli;
    opens org.restream.cli.console to
            info.picocli;
    opens org.restream.cli.demo to
            info.picocli;
    opens org.restream.cli.listen to
            info.picocli;
    opens org.restream.cli.send to
            info.picocli;
}
