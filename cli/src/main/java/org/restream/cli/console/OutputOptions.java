package org.restream.cli.console;

import picocli.CommandLine.Option;

/** What the command says besides its work: the same for each command. */
public final class OutputOptions {
    public enum LogFormat {
        text,
        json
    }

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, no notices: only errors.")
    public boolean quiet;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            description = "How notices are written on stderr; json: each event one JSON line. Default: text.")
    public LogFormat logFormat = LogFormat.text;

    @Option(names = "--debug", description = "With an error, show the stack trace.")
    public boolean debug;
}
