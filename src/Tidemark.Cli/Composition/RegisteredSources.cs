using Tidemark.Records;

namespace Tidemark.Cli.Composition;

/// <summary>Sources that the store knows.</summary>
/// <param name="Names">Of those that hold documents.</param>
/// <param name="Places">Where those lay that were listed as a whole, by name.</param>
internal sealed record RegisteredSources(IReadOnlyCollection<string> Names, IReadOnlyDictionary<string, string> Places)
{
    public static RegisteredSources None { get; } = new([], new Dictionary<string, string>(StringComparer.Ordinal));

    public static async Task<RegisteredSources> LoadAsync(
        IRecordReader reader, string @namespace, CancellationToken cancellationToken) => new(
        await reader.SourcesAsync(@namespace, cancellationToken), await reader.PlacesAsync(@namespace, cancellationToken));

    /// <summary>The folders that they are: where they lay, and what their names say, since a folder may be elsewhere by now.</summary>
    public IEnumerable<(string Name, string Path)> Folders(string root) => Names.SelectMany(name =>
    {
        var byName = (name, Path.GetFullPath(name, root));
        return Places.TryGetValue(name, out var place) && place != byName.Item2 ? [(name, place), byName] : new[] { byName };
    });
}
