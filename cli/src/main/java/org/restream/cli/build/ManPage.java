package org.restream.cli.build;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** A manual page, in man macros, generated from the same options and texts as {@code --help}. */
final class ManPage {
    private final StringBuilder page = new StringBuilder();
    private final CommandLine command;
    private final CommandSpec spec;

    private ManPage(CommandLine command) {
        this.command = command;
        this.spec = command.getCommandSpec();
    }

    static String of(CommandLine command, String version) {
        ManPage page = new ManPage(command);
        page.write(version);
        return page.page.toString();
    }

    private void write(String version) {
        UsageMessageSpec usage = spec.usageMessage();
        String name = spec.qualifiedName("-");
        macro("TH", name.toUpperCase(Locale.ROOT) + " 1 \"\" \"" + version + "\"");
        section("NAME");
        text(name + " - " + firstSentence(usage.description()));
        section("SYNOPSIS");
        verbatim(command.getHelp().synopsis(0).stripTrailing());
        section("DESCRIPTION");
        paragraphs(usage.description());
        options();
        commands();
        if (!usage.exitCodeList().isEmpty()) {
            section("EXIT STATUS");
            usage.exitCodeList().forEach(this::item);
        }
        if (usage.footer().length > 0) {
            section("EXAMPLES");
            verbatim(String.join("\n", usage.footer()));
        }
        if (spec.parent() != null) {
            section("SEE ALSO");
            text(spec.parent().qualifiedName("-") + "(1), for the exit status");
        }
    }

    private void options() {
        if (spec.options().isEmpty() && spec.positionalParameters().isEmpty()) {
            return;
        }
        section("OPTIONS");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            item(parameter.paramLabel(), String.join(" ", parameter.description()));
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                item(String.join(", ", option.names()) + value(option), String.join(" ", option.description()));
            }
        }
    }

    private static String value(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        return option.arity().min() == 0 && !value.isEmpty() ? "[" + value + "]" : value;
    }

    private void commands() {
        if (spec.subcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        spec.subcommands().forEach((name, sub) -> {
            CommandSpec its = sub.getCommandSpec();
            if (!its.usageMessage().hidden()) {
                item(
                        its.qualifiedName("-") + "(1)",
                        firstSentence(its.usageMessage().description()));
            }
        });
    }

    private void section(String title) {
        macro("SH", title);
    }

    private void item(String term, String explained) {
        macro("TP", "");
        page.append("\\fB").append(escaped(term)).append("\\fR\n");
        text(explained);
    }

    private void paragraphs(String[] texts) {
        for (String text : texts) {
            macro("PP", "");
            text(text);
        }
    }

    private void verbatim(String text) {
        macro("PP", "");
        macro("nf", "");
        for (String line : text.split("\n")) {
            text(line);
        }
        macro("fi", "");
    }

    private void macro(String name, String arguments) {
        page.append('.').append(name);
        page.append(arguments.isEmpty() ? "" : " " + arguments).append('\n');
    }

    private void text(String text) {
        page.append(escaped(text)).append('\n');
    }

    private static String firstSentence(String[] description) {
        String text = description.length == 0 ? "" : description[0];
        int end = text.indexOf(". ");
        return (end < 0 ? text : text.substring(0, end)).replaceAll("[.]$", "");
    }

    /** The text without requests and escapes of troff, and with dashes that can be copied. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        String plain = Ansi.OFF.string(text.replace("%n", "\n").replace("%%", "%"));
        if (plain.startsWith(".") || plain.startsWith("'")) {
            out.append("\\&");
        }
        plain.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\e");
                case '-' -> out.append("\\-");
                case '\'' -> out.append("\\(aq");
                case '`' -> out.append("\\(ga");
                case '^' -> out.append("\\(ha");
                case '~' -> out.append("\\(ti");
                default -> out.append(c < 0x80 ? Character.toString(c) : String.format(Locale.ROOT, "\\[u%04X]", c));
            }
        });
        return out.toString();
    }
}
