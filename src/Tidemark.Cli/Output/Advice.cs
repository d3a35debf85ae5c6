using System.Text.RegularExpressions;
using Tidemark.Cli.Commands;
using Tidemark.Cli.Configuration;
using Tidemark.Cli.Hosting;

namespace Tidemark.Cli.Output;

/// <summary>
/// Completes commands that are printed as advice with the store and the namespace that this call named, so that they do what is
/// meant when they are typed.
/// </summary>
/// <param name="arguments">As they came.</param>
internal sealed partial class Advice(RawArguments arguments)
{
    private static readonly string[] Carried = ["--store", "--namespace"];

    private readonly string _flags = string.Concat(Carried.Select(name => Flag(arguments, name)));

    public string Complete(string text) =>
        _flags.Length == 0 || !text.Contains("tidemark ", StringComparison.Ordinal)
            ? text
            : Command().Replace(text, match => Completed(match, text));

    public Block Complete(Block block) => block is Block.Line { IsQuoted: false } line
        ? new Block.Line([.. line.Spans.Select(span => span with { Text = Complete(span.Text) })])
        : block;

    private static string Flag(RawArguments arguments, string name) => arguments.ValueOf(name) is { } value
        ? $" {name} {Quoted(StoreLocation.WithoutSecrets(value))}"
        : "";

    private string Completed(Match match, string text)
    {
        var name = match.Groups["name"];
        var last = CommandTree.IsGroup(name.Value) ? match : name;
        var end = last.Index + last.Length;
        return CommandTree.TakesStore(name.Value) && !IsLeftAlone(text.AsSpan(end))
            ? match.Value.Insert(end - match.Index, _flags)
            : match.Value;
    }

    /// <summary>Help needs no store, and what is complete stays as it is.</summary>
    private static bool IsLeftAlone(ReadOnlySpan<char> rest) =>
        rest.StartsWith(" --help") || rest.StartsWith(" --store") || rest.StartsWith(" --namespace");

    private static string Quoted(string value) =>
        value.All(c => char.IsLetterOrDigit(c) || c is '/' or '.' or ':' or '-' or '_' or '@' or '=') ? value
            : $"\"{value.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>The word behind <c>tidemark</c>, and a second one, which may be the name of a command within a command.</summary>
    [GeneratedRegex("\\btidemark (?<name>[a-z]+)\\b(?: [a-z]+\\b)?", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Command();
}
