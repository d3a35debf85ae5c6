using System.CommandLine;
using System.CommandLine.Parsing;

namespace Tidemark.Cli.Commands;

/// <summary>What is wrong with a command line, as one failure.</summary>
internal static class UsageErrors
{
    /// <returns>Null: what was asked for (help, version) does not mind the errors.</returns>
    /// <exception cref="TidemarkException"><c>usage</c>: an unknown option stands where an argument was expected.</exception>
    public static TidemarkException? Of(ParseResult parsed)
    {
        if (parsed.Action is { ClearsParseErrors: true })
        {
            return null;
        }

        if (parsed.UnmatchedTokens.Count == 0)
        {
            CheckOptions(parsed);
        }

        var message = parsed.UnmatchedTokens.Count > 0
            ? "there is no command, option or argument "
              + string.Join(", ", parsed.UnmatchedTokens.Select(t => $"'{t}'"))
            : Lacks(parsed)
            ?? string.Join("; ", parsed.Errors.Select(e => e.Message.TrimEnd('.')).Distinct(StringComparer.Ordinal));
        return new TidemarkException(ErrorCodes.Usage, message, Suggestion(parsed) + $"'{CallOf(parsed.CommandResult)} --help' says what there is");
    }

    /// <summary>
    /// An unknown option is an argument to the parser, or the value of the option before it; here it is a mistake.
    /// </summary>
    /// <exception cref="TidemarkException"><c>usage</c>.</exception>
    public static void CheckOptions(ParseResult parsed)
    {
        var literal = parsed.Tokens
            .SkipWhile(t => t.Type != TokenType.DoubleDash)
            .Count(t => t.Type == TokenType.Argument);
        var arguments = parsed.CommandResult.Command.Arguments
            .SelectMany(a => parsed.GetResult(a)?.Tokens ?? [])
            .Select(t => t.Value)
            .SkipLast(literal);
        var values = parsed.CommandResult.Children.Concat(parsed.RootCommandResult.Children)
            .OfType<OptionResult>().SelectMany(o => o.Tokens).Select(t => t.Value).Where(IsLikeOption);
        if (arguments.Where(a => (a.Length > 1 && a[0] == '-') || IsDashedOption(parsed, a)).Concat(values).FirstOrDefault() is { } option)
        {
            throw UnknownOption(parsed, option);
        }
    }

    /// <summary>A flag that takes no value and was given one: to the parser the value is an argument, perhaps a source.</summary>
    /// <param name="typed">The arguments as they came.</param>
    /// <exception cref="TidemarkException"><c>usage</c>.</exception>
    public static void CheckSwitches(ParseResult parsed, IEnumerable<string> typed)
    {
        foreach (var said in typed.TakeWhile(a => a != "--").Where(a => a.StartsWith('-') && a.AsSpan().ContainsAny('=', ':')))
        {
            var name = said[..said.AsSpan().IndexOfAny('=', ':')];
            if (Options(parsed).Any(o => o.Arity.MaximumNumberOfValues == 0 && (o.Name == name || o.Aliases.Contains(name))))
            {
                throw new TidemarkException(
                    ErrorCodes.Usage, $"'{name}' takes no value, and was given one: '{said}'", $"write '{name}' alone, or leave it out");
            }
        }
    }

    /// <summary>An option whose value is empty: the parser would take the next word for it.</summary>
    /// <param name="typed">The arguments as they came.</param>
    /// <exception cref="TidemarkException"><c>usage</c>.</exception>
    public static void CheckValues(ParseResult parsed, IEnumerable<string> typed)
    {
        foreach (var said in typed.TakeWhile(a => a != "--").Where(a => a.StartsWith("--", StringComparison.Ordinal) && a[^1] is '=' or ':'))
        {
            if (Options(parsed).FirstOrDefault(o => o.Arity.MaximumNumberOfValues > 0 && o.Name == said[..^1]) is { } option)
            {
                throw new TidemarkException(
                    ErrorCodes.Usage, $"'{option.Name}' has no value: '{said}'", $"write '{option.Name} {option.HelpName}', or leave it out");
            }
        }
    }

    /// <summary>What has to be said and was not; null: nothing.</summary>
    private static string? Lacks(ParseResult parsed)
    {
        var called = parsed.CommandResult;
        string[] lacking =
        [
            .. called.Command.Arguments
                .Where(a => a.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(a) is null or { Tokens.Count: 0 })
                .Select(a => a.HelpName ?? a.Name),
            .. called.Command.Options.Where(o => o.Required && parsed.GetResult(o) is null or { Implicit: true }).Select(o => $"'{o.Name} {o.HelpName}'"),
            .. called.Children.Concat(parsed.RootCommandResult.Children).OfType<OptionResult>()
                .Where(o => !o.Implicit && o.Option.Arity.MinimumNumberOfValues > o.Tokens.Count)
                .Select(o => $"a value of '{o.Option.Name}'"),
        ];
        return lacking.Length > 0 ? $"'{CallOf(called)}' lacks {string.Join(" and ", lacking)}"
            : called.Command is { Action: null, Subcommands.Count: > 0 } group
                ? $"'{CallOf(called)}' lacks what is to be done: {string.Join(", ", group.Subcommands.Select(c => $"'{c.Name}'"))}"
                : null;
    }

    /// <summary>What no value of an option looks like: <c>--name</c>, <c>--name=value</c>.</summary>
    private static bool IsLikeOption(string value) =>
        value.StartsWith("--", StringComparison.Ordinal)
        && value.Length > 2
        && char.IsAsciiLetter(value[2])
        && value.Split('=')[0].All(c => c == '-' || char.IsAsciiLetterOrDigit(c));

    /// <summary>The name of an option behind dashes as text programs make of hyphens.</summary>
    private static bool IsDashedOption(ParseResult parsed, string word) =>
        word.Length > 0
        && word[0] is '\u2013' or '\u2014' or '\u2212'
        && word.Split('=')[0].TrimStart('\u2013', '\u2014', '\u2212', '-') is var name
        && OptionNames(parsed).Contains("--" + name, StringComparer.Ordinal);

    /// <summary>As it is typed, that of a command within a command as well.</summary>
    private static string CallOf(CommandResult called) =>
        called.Parent is CommandResult parent ? $"{CallOf(parent)} {called.Command.Name}" : "tidemark";

    private static TidemarkException UnknownOption(ParseResult parsed, string option)
    {
        var nearest = NearestName.Find("--" + option.Split('=')[0].TrimStart('\u2013', '\u2014', '\u2212', '-'), OptionNames(parsed));
        return new TidemarkException(
            ErrorCodes.Usage,
            $"'{option}' is not an option of '{CallOf(parsed.CommandResult)}'",
            nearest is null
                ? $"'{CallOf(parsed.CommandResult)} --help' says what there is; what begins with a dash goes after '--'"
                : $"did you mean '{nearest}'? what begins with a dash goes after '--'");
    }

    private static string Suggestion(ParseResult parsed)
    {
        var names = parsed.CommandResult.Command.Subcommands.Select(c => c.Name).Concat(OptionNames(parsed)).ToArray();
        var nearest = parsed.UnmatchedTokens.Select(t => NearestName.Find(t, names)).FirstOrDefault(n => n is not null);
        return nearest is null ? "" : $"did you mean '{nearest}'? ";
    }

    private static IEnumerable<string> OptionNames(ParseResult parsed) => Options(parsed).Select(o => o.Name);

    private static IEnumerable<Option> Options(ParseResult parsed) =>
        parsed.CommandResult.Command.Options
            .Concat(parsed.RootCommandResult.Command.Options.Where(o => o.Recursive));
}
