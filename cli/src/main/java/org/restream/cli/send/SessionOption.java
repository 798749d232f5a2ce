package org.restream.cli.send;

import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import org.restream.SessionMode;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** The values of {@code --session[=required|preferred]}. A value has to follow an equals sign, because a FILE may follow a space. */
final class SessionOption implements ITypeConverter<SessionMode>, IParameterPreprocessor {
    @Override
    public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
        if (!"=".equals(info.get("separator"))) {
            args.push("required");
        }
        return false;
    }

    @Override
    public SessionMode convert(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "required" -> SessionMode.REQUIRED;
            case "preferred" -> SessionMode.PREFERRED;
            default -> throw new TypeConversionException("'" + value + "': it takes required or preferred");
        };
    }
}
