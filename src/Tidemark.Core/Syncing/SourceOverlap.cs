using Tidemark.Documents;
using Tidemark.Files;
using Tidemark.Indexing;

namespace Tidemark.Syncing;

/// <summary>Folders of two sources of which one holds the other: what both take is there twice, or refused where its id is the same.</summary>
internal static class SourceOverlap
{
    /// <param name="store">Knows where its sources lie.</param>
    /// <param name="tally">Gets the warnings.</param>
    /// <param name="namespace">Of the run.</param>
    /// <param name="opened">What is listed.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task WarnAsync(
        ITidemarkStore store, RunTally tally, string @namespace, IReadOnlyList<OpenedSource> opened, CancellationToken cancellationToken)
    {
        var folders = opened.Select(one => one.Source).Where(source => source is { Place: not null, Parts.Count: 0 }).ToArray();
        if (folders.Length == 0)
        {
            return;
        }

        var places = await store.Reader.PlacesAsync(@namespace, cancellationToken).ConfigureAwait(false);
        if (!places.Any(known => folders.Any(source => source.Name != known.Key)))
        {
            return;
        }

        foreach (var name in await store.Reader.SourcesAsync(@namespace, cancellationToken).ConfigureAwait(false))
        {
            foreach (var source in folders)
            {
                if (name != source.Name && places.TryGetValue(name, out var place)
                    && Below(place, source.Place!) is { Length: > 0 } part && Directory.Exists(place) && source.Enters(part))
                {
                    tally.Warn(Warning(source.Name, name, part));
                }
            }
        }
    }

    private static ItemWarning Warning(string source, string other, string part) => new(
        source,
        ErrorCodes.SourceOverlap,
        $"the folder of the source '{other}' lies in that of '{source}': what both take is indexed twice, or refused where its id is the same",
        $"leave it out of one of them, for instance with --exclude '/{Escape(part)}/'");

    /// <returns>The path below the folder with <c>/</c> between names, whatever links lead there; null: it lies elsewhere.</returns>
    private static string? Below(string path, string folder)
    {
        var top = IdentityOf(folder);
        for (var above = Path.GetDirectoryName(path); above is not null; above = Path.GetDirectoryName(above))
        {
            if (above == folder || (top is not null && IdentityOf(above) == top))
            {
                return Path.GetRelativePath(above, path).Replace(Path.DirectorySeparatorChar, '/');
            }
        }

        return null;
    }

    private static (ulong Device, ulong Inode)? IdentityOf(string folder)
    {
        try
        {
            return FileFacts.Of(folder, follow: true) is { Inode: > 0 } facts ? (facts.Device, facts.Inode) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>As a pattern that stands for itself.</summary>
    private static string Escape(string path) => string.Concat(path.Select(c => c is '*' or '?' or '[' or '{' or '\\' ? $"\\{c}" : $"{c}"));
}
