package org.restream.reliability.docs;

/**
 * The blocks of shell commands in the documents, word for word. A test that runs one names it with {@link Runs}.
 */
enum Block {
    RECEIVE(Document.README, """
            mkdir -p incoming
            ./restream listen --host 0.0.0.0 --output incoming
            """),
    SEND(Document.README, """
            ./restream send -s backup photos.tar
            """),
    DUMP_IN_README(Document.README, """
            ./restream listen --host 0.0.0.0 --output /backup --name '{db}.sql'              # on backup-a, and on backup-b
            ./restream send --exec 'pg_dump orders' -H db=orders -s backup-a -s backup-b     # stores it on one of them, whole
            """),
    DEMO_AND_BUILD(Document.README, """
            ./restream demo     # builds itself the first time, then runs a server and a client
            mvn verify          # builds, tests and checks everything
            """),
    EXAMPLE(Document.README, """
            java -p cli/target/quick/lib --add-modules org.restream \\
                examples/src/main/java/org/restream/examples/Failover.java
            """),
    TLS_IN_README(Document.README, """
            ./restream listen --host 0.0.0.0 --output /backup --cert server.pem --key server.key --client-ca ca.pem
            ./restream send -s backup-a.example --cacert ca.pem --cert client.pem --key client.key orders.sql
            """),
    DUMP(Document.COMMAND, """
            restream listen --host 0.0.0.0 --output /backup --name '{db}.sql'      # on backup-a, and on backup-b
            restream send --exec 'pg_dump orders' -H db=orders -s backup-a -s backup-b
            """),
    SESSION(Document.COMMAND, """
            restream listen --sessions --host 0.0.0.0 --output /backup     # on backup
            restream send --session -s backup big.tar
            """),
    LISTEN(Document.COMMAND, """
            restream listen --once > copy.bin
            restream listen --echo
            restream listen --reply ok --reply-header by=a
            restream listen --host 0.0.0.0 --output /backup --name '{db}-{time}.sql'
            restream listen --exec 'gzip -9' --max-processes 4
            """),
    TLS(Document.COMMAND, """
            restream listen --host 0.0.0.0 --output /backup --cert server.pem --key server.key --client-ca ca.pem
            restream send -s backup-a.example --cacert ca.pem --cert client.pem --key client.key report.csv
            """),
    EVENTS(Document.COMMAND, """
            restream send --log-format json report.csv 2> >(jq -r 'select(.event == "lost") | .cause')
            """),
    INSTALL(Document.COMMAND, """
            mkdir -p ~/.local/lib ~/.local/bin
            tar -xzf restream-VERSION.tar.gz -C ~/.local/lib
            ln -s ~/.local/lib/restream-VERSION/bin/restream ~/.local/bin/
            """),
    ARCHIVE(Document.COMMAND, """
            RESTREAM_LAUNCHER=archive restream
            """);

    private final Document document;
    private final String text;

    Block(Document document, String text) {
        this.document = document;
        this.text = text;
    }

    Document document() {
        return document;
    }

    String text() {
        return text;
    }

    /** One of its lines, counted from 0. */
    String line(int number) {
        return text.lines().toList().get(number);
    }
}
