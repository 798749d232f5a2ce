package org.restream.cli.console;

import picocli.CommandLine.Option;

/** Options for what a command writes to stderr. Every command has them. */
public final class OutputOptions {
    public enum LogFormat {
        text,
        json
    }

    @Option(
            names = {"-q", "--quiet"},
            description = "Print errors only: no progress, no notices.")
    public boolean quiet;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            description = "How events are written to stderr; json: one JSON object per line. Default: text.")
    public LogFormat logFormat = LogFormat.text;

    @Option(names = "--debug", description = "Print a stack trace with each error.")
    public boolean debug;
}
