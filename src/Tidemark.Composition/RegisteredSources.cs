using Tidemark.Records;

namespace Tidemark.Composition;

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
    public IEnumerable<(string Name, string Path)> Folders(string root)
    {
        foreach (var name in Names)
        {
            var byName = Path.GetFullPath(name, root);
            var place = Places.GetValueOrDefault(name);
            if (place is not null && place != byName)
            {
                yield return (name, place);
            }

            if (place is null || place == byName || !Directory.Exists(place) || !IsTaken(name, byName, place))
            {
                yield return (name, byName);
            }
        }
    }

    /// <summary>
    /// What lies in the source's folder is a part of it whatever it is called there, and no folder has to be called <c>.</c> for what lies
    /// in it to collide with anything.
    /// </summary>
    private static bool IsTaken(string name, string byName, string place) => name == "." || FolderPath.Below(byName, place) is { Length: > 0 };
}
