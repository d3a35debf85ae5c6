using Tidemark.Cli.Configuration;
using Tidemark.Documents;

namespace Tidemark.Cli.Composition;

/// <summary>Folders of two sources of which one holds the other: what both take is there twice. Pure.</summary>
internal static class SourceOverlaps
{
    /// <param name="sources">What is synced, settled.</param>
    /// <param name="registered">What the store knows.</param>
    public static IEnumerable<ItemWarning> Of(IReadOnlyList<SourceSettings> sources, RegisteredSources registered) =>
        from source in sources
        where source.Type == SourceType.Directory && source.Parts.Count == 0
        from name in registered.Names
        where name != source.Name && registered.Places.ContainsKey(name)
        let part = FolderPath.Below(registered.Places[name], source.Path)
        where part is { Length: > 0 } && Directory.Exists(registered.Places[name]) && !source.Exclude.Any(pattern => Names(pattern, part))
        select new ItemWarning(
            source.Name,
            ErrorCodes.SourceOverlap,
            $"the folder of the source '{name}' lies in that of '{source.Name}': what both take is indexed twice, or refused where its id is the same",
            $"leave it out of one of them, for instance with --exclude '/{Escape(part)}/'");

    private static bool Names(string pattern, string part)
    {
        var (plain, whole) = (pattern.Trim('/'), Escape(part));
        return plain == whole || plain == whole + "/**"
            || (!pattern.TrimEnd('/').Contains('/') && plain == Escape(part[(part.LastIndexOf('/') + 1)..]));
    }

    /// <summary>As a pattern that stands for itself.</summary>
    private static string Escape(string path) => string.Concat(path.Select(c => c is '*' or '?' or '[' or '{' or '\\' ? $"\\{c}" : $"{c}"));
}
