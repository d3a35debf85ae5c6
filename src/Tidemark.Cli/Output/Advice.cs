using System.Buffers;
using System.Text.RegularExpressions;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Composition;
using Tidemark.Composition.Configuration;

namespace Tidemark.Cli.Output;

/// <summary>
/// Says in commands and flags what the library advises, and completes commands that are printed as advice with the store and the namespace that this call named, so that they do what is
/// meant when they are typed.
/// </summary>
/// <param name="arguments">As they came.</param>
internal sealed partial class Advice(RawArguments arguments)
{
    /// <summary>By a shell, between double quotes.</summary>
    private static readonly SearchValues<char> Expanded = SearchValues.Create("$`\"\\!'");

    private readonly string _store = Flag(arguments, "--store");
    private readonly string _namespace = Flag(arguments, "--namespace");

    public string Complete(string text) => WithStore(CommandLineWords.Of(text));

    private string WithStore(string text) =>
        _store.Length + _namespace.Length == 0 || !text.Contains("tidemark ", StringComparison.Ordinal)
            ? text
            : Command().Replace(text, match => Completed(match, text));

    public Block Complete(Block block) => block switch
    {
        Block.Line { IsQuoted: false } line => line with { Spans = [.. line.Spans.Select(Complete)] },
        Block.Columns { HasProse: true } columns => columns with { Rows = [.. columns.Rows.Select(Complete)] },
        _ => block,
    };

    private IReadOnlyList<Span> Complete(IReadOnlyList<Span> row) => [.. row.SkipLast(1), Complete(row[^1])];

    private Span Complete(Span span) => span with { Text = Complete(span.Text) };

    private static string Flag(RawArguments arguments, string name) => arguments.ValueOf(name) is { } value
        ? $" {name} {Quoted(StoreLocation.WithoutSecrets(value))}"
        : "";

    /// <summary>Advice stands between single quotes itself, so double ones where a shell expands nothing between those.</summary>
    private static string Quoted(string value) =>
        TypedCommand.Quote(value) is not ['\'', ..] quoted ? value
        : value.AsSpan().ContainsAny(Expanded) ? quoted
        : $"\"{value}\"";

    private string Completed(Match match, string text)
    {
        var name = match.Groups["name"];
        var last = CommandWords.Groups.Contains(name.Value, StringComparer.Ordinal) ? match : name;
        var end = last.Index + last.Length;
        return CommandWords.WithStore.Contains(name.Value, StringComparer.Ordinal) && !IsLeftAlone(text.AsSpan(end))
            ? match.Value.Insert(end - match.Index, name.Value == CommandWords.Namespace ? _store : _store + _namespace)
            : match.Value;
    }

    /// <summary>Help needs no store, and what is complete stays as it is: one that repeats a call has all that the call named.</summary>
    private static bool IsLeftAlone(ReadOnlySpan<char> rest)
    {
        var command = rest.IndexOf("tidemark ", StringComparison.Ordinal) is var next and >= 0 ? rest[..next] : rest;
        return command.StartsWith(" --help") || command.Contains("--store", StringComparison.Ordinal) || command.Contains("--namespace", StringComparison.Ordinal);
    }

    /// <summary>The word behind <c>tidemark</c>, and a second one, which may be the name of a command within a command.</summary>
    [GeneratedRegex("\\btidemark (?<name>[a-z]+)\\b(?: [a-z]+\\b)?", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Command();
}
