using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Bench.Quality;

/// <summary>
/// What a folder asks by itself: the titles of its pages, and the headings that only one page has. Each is to find its page. Of more
/// than <see cref="Most"/>, every so many-th is taken.
/// </summary>
internal static class FolderQueries
{
    private const int Most = 200;

    public static IReadOnlyList<JudgedQuery> Titles(IEnumerable<IndexedChunk> chunks) => Distinct(
        chunks.Where(chunk => chunk.Ordinal == 0).Select(chunk => (Title(chunk.Metadata), chunk.Document)));

    public static IReadOnlyList<JudgedQuery> Headings(IEnumerable<IndexedChunk> chunks) => Distinct(
        chunks.Where(chunk => chunk.Ordinal > 0 && chunk.Heading is not null).Select(chunk => (chunk.Heading?.Split(" > ")[^1], chunk.Document)));

    private static string? Title(DocumentMetadata metadata)
    {
        using var parsed = JsonDocument.Parse(metadata.Json);
        return parsed.RootElement.TryGetProperty("title", out var title) && title.ValueKind == JsonValueKind.String ? title.GetString() : null;
    }

    private static List<JudgedQuery> Distinct(IEnumerable<(string? Text, string Document)> asked)
    {
        var all = asked.Where(one => !string.IsNullOrWhiteSpace(one.Text)).Distinct()
            .GroupBy(one => one.Text!, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() == 1)
            .Select(group => new JudgedQuery(group.Key, new HashSet<string>(StringComparer.Ordinal) { group.First().Document }))
            .OrderBy(query => query.Text, StringComparer.Ordinal)
            .ToList();
        var step = Math.Max(1, (all.Count + Most - 1) / Most);
        return [.. all.Where((_, at) => at % step == 0)];
    }
}
