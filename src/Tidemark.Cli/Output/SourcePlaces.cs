using Tidemark.Composition.Configuration;

namespace Tidemark.Cli.Output;

/// <summary>Where a source that was named turned out to be.</summary>
/// <param name="Noun">What one item of it is called.</param>
/// <param name="Place">Absolute paths; null: nowhere that could be named.</param>
internal sealed record SourcePlace(string Noun, string? Place);

/// <summary>Puts the places of a call's sources together, by the sources' names.</summary>
internal static class SourcePlaces
{
    public static IReadOnlyDictionary<string, SourcePlace> Of(IReadOnlyList<SourceSettings> sources) => sources
        .GroupBy(source => source.Name, StringComparer.Ordinal)
        .ToDictionary(
            group => group.Key,
            group => new SourcePlace(
                group.First().Type switch
                {
                    SourceType.JsonLines => "line",
                    SourceType.Sql => "row",
                    _ => "file",
                },
                string.Join(", ", group.SelectMany(PathsOf))),
            StringComparer.Ordinal);

    private static IEnumerable<string> PathsOf(SourceSettings source) =>
        source.Path == SourceSettings.StandardInput ? ["standard input"]
        : source.Parts.Count == 0 ? [source.Path]
        : source.Parts.Select(part => Path.Combine(source.Path, part));
}
