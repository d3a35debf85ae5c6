using System.CommandLine;

namespace Tidemark.Cli.Options;

/// <summary>A command as a person would type it in a shell, for advice that works when it is typed.</summary>
internal static class TypedCommand
{
    private const string Plain = "_-./:=,@%+~";

    /// <param name="verb">The command's name.</param>
    /// <param name="parsed">The call whose options and sources it takes over.</param>
    /// <param name="options">Those that it takes over.</param>
    /// <param name="sources">What is named.</param>
    public static string Of(string verb, ParseResult parsed, IEnumerable<Option> options, Argument<string[]> sources) =>
        Of(verb, PlanArguments.Of(parsed, options, sources));

    /// <param name="verb">The command's name.</param>
    /// <param name="arguments">Options, <c>--</c>, and what is named.</param>
    public static string Of(string verb, IReadOnlyList<string> arguments)
    {
        var options = arguments.TakeWhile(argument => argument != "--").ToArray();
        string[] named = [.. arguments.Skip(options.Length + 1)];
        var needsMark = Array.Exists(named, name => name.Length > 1 && name[0] == '-');
        return string.Join(
            ' ', ["tidemark", verb, .. options.Select(Quote), .. needsMark ? ["--"] : Array.Empty<string>(), .. named.Select(Quote)]);
    }

    /// <summary>One word to a shell, in which nothing of it is expanded.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || Plain.Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
