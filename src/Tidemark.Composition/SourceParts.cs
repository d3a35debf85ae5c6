using Tidemark.Composition.Configuration;

namespace Tidemark.Composition;

/// <summary>
/// Finds folders that lie inside a directory source: each is that part of it, with the same ids. As a source of its own it would
/// claim documents that the other one holds. Pure.
/// </summary>
/// <param name="flags">Source settings of the command line.</param>
/// <param name="registered">What the store knows.</param>
internal sealed class SourceParts(TidemarkSettings settings, SettingValues flags, RegisteredSources registered)
{
    private readonly List<SourceSettings> _known = Known(settings, flags, registered);

    /// <exception cref="TidemarkException"><c>usage</c>: two folders would be one source.</exception>
    public IReadOnlyList<SourceSettings> Settle(IReadOnlyList<SourceSettings> sources)
    {
        var settled = new List<SourceSettings>(sources.Count);
        foreach (var records in sources.Where(source => source.Type == SourceType.JsonLines))
        {
            RefuseNameOfFolder(records, sources);
        }

        foreach (var source in sources.Select(source => source.Type == SourceType.Directory ? Settle(source, sources) : source))
        {
            var at = settled.FindIndex(other => source.Type == SourceType.Directory && other.Name == source.Name);
            if (source.Type == SourceType.Git && settled.Find(other => other.Name == source.Name) is { } same)
            {
                throw Doubled(same, source);
            }

            if (at < 0)
            {
                settled.Add(source);
                continue;
            }

            settled[at] = settled[at].Path == source.Path
                ? settled[at] with { Parts = Union(settled[at].Parts, source.Parts) }
                : throw Doubled(settled[at], source);
        }

        return settled;
    }

    private static TidemarkException Doubled(SourceSettings one, SourceSettings other) => new(
        ErrorCodes.Usage,
        $"'{one.Given}' and '{other.Given}' would both be called '{other.Name}'",
        "give '--source-name' for one source at a time");

    /// <summary>Records under the name of a folder would take its documents for theirs; both in one call are one source.</summary>
    private void RefuseNameOfFolder(SourceSettings records, IReadOnlyList<SourceSettings> call)
    {
        if (registered.Places.TryGetValue(records.Name, out var place)
            && registered.Names.Contains(records.Name, StringComparer.Ordinal)
            && !call.Any(other => other.Type == SourceType.Directory && other.Name == records.Name))
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"'{records.Name}' is the folder '{place}' in this namespace, and '{records.Given}' would take its documents over",
                "give it another name with '--source-name' (or 'name'), or use another --namespace");
        }
    }

    /// <summary>Folders that are sources already.</summary>
    private static List<SourceSettings> Known(
        TidemarkSettings settings, SettingValues flags, RegisteredSources registered)
    {
        var adHoc = registered.Folders(settings.Root).Where(known => settings.Sources.All(source => source.Name != known.Name))
            .Select(known => new SourceSettings
            {
                Name = known.Name,
                Path = known.Path,
                Given = known.Name,
                Type = SourceType.Directory,
            });
        return
        [
            .. settings.Sources.Where(source => source.Type == SourceType.Directory).Concat(adHoc)
                .Select(source => SourceValues.Apply(flags, settings.Cleanup, source) with { Name = source.Name }),
        ];
    }

    /// <param name="call">What is named beside it: a folder and one inside it are one source, too.</param>
    private SourceSettings Settle(SourceSettings source, IReadOnlyList<SourceSettings> call)
    {
        var path = PathOf(source);
        if (_known.Exists(known => known.Name == source.Name && PathOf(known) == path))
        {
            return source;
        }

        var named = flags.Text(SettingPaths.SourceName);
        var home = _known.Where(known => named is null || known.Name == named)
            .Select(known => (Source: known, Part: FolderPath.Below(path, PathOf(known))))
            .Where(found => found.Part is not null && (named is null || found.Part.Length > 0))
            .OrderBy(found => found.Part!.Length)
            .FirstOrDefault();
        if (home.Part is null)
        {
            home = call.Where(other => other.Type == SourceType.Directory)
                .Select(other => (Source: other, Part: FolderPath.Below(path, PathOf(other))))
                .Where(found => found.Part is { Length: > 0 })
                .OrderByDescending(found => found.Part!.Length)
                .FirstOrDefault();
        }

        return home.Part switch
        {
            null => source,
            "" => home.Source with { Given = source.Given, Path = source.Path },
            var part => home.Source with { Given = source.Given, Parts = [part] },
        };
    }

    private static IReadOnlyList<string> Union(IReadOnlyList<string> some, IReadOnlyList<string> others)
    {
        if (some.Count == 0 || others.Count == 0)
        {
            return [];
        }

        string[] all = [.. some.Union(others, StringComparer.Ordinal)];
        return [.. all.Where(part => !all.Any(other => IsWithin(part, other)))];
    }

    private static string PathOf(SourceSettings source) => Path.TrimEndingDirectorySeparator(source.Path);

    private static bool IsWithin(string path, string folder) =>
        path.Length > folder.Length
        && path.StartsWith(folder, StringComparison.Ordinal)
        && (path[folder.Length] is '/' || path[folder.Length] == Path.DirectorySeparatorChar || folder.EndsWith('/'));
}
