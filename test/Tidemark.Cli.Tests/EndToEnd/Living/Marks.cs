using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tidemark.Cli.Tests.EndToEnd.Living;

/// <summary>
/// Texts in which every paragraph has a word that stands nowhere else, its mark: which marks are found says which state of which document
/// is answered with.
/// </summary>
internal sealed partial class Marks(Random random)
{
    private int _last;

    public string Text() => $"# Title {Next()}\n\n" + string.Join("\n\n", Enumerable.Range(0, random.Next(1, 8)).Select(_ => Paragraph())) + "\n";

    public string Paragraph() => $"{Prose.Paragraph(random.Next(100_000), random.Next(1, 5))} {Next()}.";

    public static string[] Of(string text) => [.. Mark().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal)];

    /// <summary>Of the chunks of an export, by document.</summary>
    public static Dictionary<string, string[]> OfExport(IEnumerable<JsonNode> chunks) => chunks
        .GroupBy(chunk => (string)chunk["document"]!, chunk => (string)chunk["text"]!, StringComparer.Ordinal)
        .ToDictionary(document => document.Key, document => Of(string.Concat(document)), StringComparer.Ordinal);

    private string Next() => $"mark{++_last}x";

    [GeneratedRegex("mark[0-9]+x", RegexOptions.NonBacktracking)]
    private static partial Regex Mark();
}
