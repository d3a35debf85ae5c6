using System.CommandLine;
using Tidemark.Cli.Configuration;

namespace Tidemark.Cli.Commands;

/// <summary>What is wrong with a command line, as one failure.</summary>
internal static class UsageErrors
{
    /// <returns>Null: what was asked for (help, version) does not mind the errors.</returns>
    public static TidemarkException? Of(ParseResult parsed)
    {
        if (parsed.Action is { ClearsParseErrors: true })
        {
            return null;
        }

        var command = parsed.CommandResult.Command;
        var message = string.Join("; ", parsed.Errors.Select(e => e.Message.TrimEnd('.')).Distinct(StringComparer.Ordinal));
        var call = command is RootCommand ? "tidemark --help" : $"tidemark {command.Name} --help";
        return new TidemarkException(ErrorCodes.Usage, message, Suggestion(parsed) + $"'{call}' says what there is");
    }

    /// <summary>An unknown option, which the parser would take for an argument.</summary>
    public static TidemarkException UnknownOption(ParseResult parsed, string option)
    {
        var command = parsed.CommandResult.Command;
        var nearest = NearestName.Find(option.Split('=')[0], OptionNames(parsed));
        return new TidemarkException(
            ErrorCodes.Usage,
            $"'{option}' is not an option of 'tidemark {command.Name}'",
            nearest is null
                ? $"'tidemark {command.Name} --help' says what there is; what begins with a dash goes after '--'"
                : $"did you mean '{nearest}'? what begins with a dash goes after '--'");
    }

    private static string Suggestion(ParseResult parsed)
    {
        var names = parsed.CommandResult.Command.Subcommands.Select(c => c.Name).Concat(OptionNames(parsed)).ToArray();
        var nearest = parsed.UnmatchedTokens.Select(t => NearestName.Find(t, names)).FirstOrDefault(n => n is not null);
        return nearest is null ? "" : $"did you mean '{nearest}'? ";
    }

    private static IEnumerable<string> OptionNames(ParseResult parsed) =>
        parsed.CommandResult.Command.Options
            .Concat(parsed.RootCommandResult.Command.Options)
            .Select(o => o.Name);
}
