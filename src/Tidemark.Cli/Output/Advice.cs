using System.Text.RegularExpressions;
using Tidemark.Cli.Configuration;

namespace Tidemark.Cli.Output;

/// <summary>
/// Completes commands that are printed as advice with the store and the namespace that this call named, so that they do what is
/// meant when they are typed.
/// </summary>
/// <param name="arguments">As they came.</param>
internal sealed partial class Advice(IReadOnlyList<string> arguments)
{
    private static readonly string[] Carried = ["--store", "--namespace"];

    private readonly string _flags = string.Concat(Carried.Select(name => Flag(arguments, name)));

    public string Complete(string text) =>
        _flags.Length == 0 || !text.Contains("tidemark ", StringComparison.Ordinal)
            ? text
            : Command().Replace(text, match => IsLeftAlone(text.AsSpan(match.Index + match.Length)) ? match.Value : match.Value + _flags);

    public Block Complete(Block block) => block is Block.Line line
        ? new Block.Line([.. line.Spans.Select(span => span with { Text = Complete(span.Text) })])
        : block;

    private static string Flag(IReadOnlyList<string> arguments, string name)
    {
        var said = arguments.TakeWhile(a => a != "--").ToList();
        var at = said.FindLastIndex(a => a == name || a.StartsWith(name + "=", StringComparison.Ordinal));
        var value = at < 0 ? null
            : said[at].Length > name.Length ? said[at][(name.Length + 1)..]
            : said.ElementAtOrDefault(at + 1);
        return value is null ? "" : $" {name} {Quoted(StoreLocation.WithoutSecrets(value))}";
    }

    /// <summary>Help needs no store, and what is complete stays as it is.</summary>
    private static bool IsLeftAlone(ReadOnlySpan<char> rest) =>
        rest.StartsWith(" --help") || rest.StartsWith(" --store") || rest.StartsWith(" --namespace");

    private static string Quoted(string value) =>
        value.All(c => char.IsLetterOrDigit(c) || c is '/' or '.' or ':' or '-' or '_' or '@' or '=') ? value
            : $"\"{value.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>A command's name, with that of the command within it; not where it is asked for help only.</summary>
    [GeneratedRegex(
        @"\btidemark (?:(?:queue|namespace|store|archive|golden|migrate|hold|keys|feed) [a-z]+|sync|plan|apply|search|status|runs|list|show|why|verify|"
        + @"export|import|enqueue|worker|gc|forget|restore|expire|purge)\b",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Command();
}
