package org.restream.cli;

import picocli.CommandLine.Option;

/** What the command says besides its work: the same for each command. */
final class OutputOptions {
    enum LogFormat {
        text,
        json
    }

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, no notices: only errors.")
    boolean quiet;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            description = "How notices are written on stderr; json: each event one JSON line. Default: text.")
    LogFormat logFormat = LogFormat.text;

    @Option(names = "--debug", description = "With an error, show the stack trace.")
    boolean debug;
}
