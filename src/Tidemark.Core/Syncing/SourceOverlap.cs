using Tidemark.Documents;
using Tidemark.Indexing;

namespace Tidemark.Syncing;

/// <summary>
/// Folders of two sources of which one holds the other or is the same: what both take is there twice, or refused where its id is the same.
/// </summary>
internal static class SourceOverlap
{
    /// <summary>So many documents of the other source tell whether both take the same.</summary>
    private const int Looked = 100;

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

        var sources = await store.Reader.SourcesAsync(@namespace, cancellationToken).ConfigureAwait(false);
        foreach (var (name, source) in sources.SelectMany(name => folders.Where(source => source.Name != name).Select(source => (name, source))))
        {
            if (places.TryGetValue(name, out var place) && Directory.Exists(place)
                && await FindAsync(store, @namespace, source, name, place, cancellationToken).ConfigureAwait(false) is { } warning)
            {
                tally.Warn(warning);
            }
        }
    }

    /// <returns>Null: nothing is taken by both.</returns>
    private static async Task<ItemWarning?> FindAsync(
        ITidemarkStore store, string @namespace, IDocumentSource source, string other, string place, CancellationToken cancellationToken)
    {
        if (IsSame(place, source.Place!))
        {
            return await TakesOfAsync(store, @namespace, source, other, cancellationToken).ConfigureAwait(false) ? Warning(source.Name, other) : null;
        }

        if (Below(place, source.Place!) is { } part)
        {
            return source.Enters(part) ? Warning(source.Name, other, part) : null;
        }

        return Below(source.Place!, place) is { } inner && await HasBelowAsync(store, @namespace, other, inner, cancellationToken).ConfigureAwait(false)
            ? WarningWithin(source.Name, other, inner)
            : null;
    }

    /// <summary>Whether the other one, which is not listed now, has something of the folder within its own.</summary>
    private static async Task<bool> HasBelowAsync(ITidemarkStore store, string @namespace, string other, string part, CancellationToken cancellationToken) =>
        await store.Reader.DocumentsAsync(@namespace, $"{other}/{part}/", cancellationToken)
            .AnyAsync(document => document.Source == other, cancellationToken).ConfigureAwait(false);

    /// <summary>Whether a source takes what another of the same folder has: the two may share it, each with files of its own.</summary>
    private static async Task<bool> TakesOfAsync(
        ITidemarkStore store, string @namespace, IDocumentSource source, string other, CancellationToken cancellationToken)
    {
        var prefix = $"{other}/";
        return await store.Reader.DocumentsAsync(@namespace, prefix, cancellationToken)
            .Where(document => document.Source == other)
            .Take(Looked)
            .AnyAsync(document => source.Takes(document.Id[prefix.Length..]), cancellationToken)
            .ConfigureAwait(false);
    }

    private static ItemWarning Warning(string source, string other) => new(
        source,
        ErrorCodes.SourceOverlap,
        $"'{source}' and '{other}' are sources of one folder, and what both take is indexed twice",
        "sync it under one name; what is there under the other goes when an empty folder is synced under that name with DeletionGuard.Off");

    private static ItemWarning Warning(string source, string other, string part) => new(
        source,
        ErrorCodes.SourceOverlap,
        $"the folder of the source '{other}' lies in that of '{source}': what both take is indexed twice, or refused where its id is the same",
        $"leave it out of one of them, for instance with DirectoryOptions.Exclude(\"/{Escape(part)}/\")");

    private static ItemWarning WarningWithin(string source, string other, string part) => new(
        source,
        ErrorCodes.SourceOverlap,
        $"the folder of the source '{source}' lies in that of '{other}', which has documents of it: they are indexed twice",
        $"leave it out of '{other}', for instance with DirectoryOptions.Exclude(\"/{Escape(part)}/\"), and sync that; or let '{other}' have it alone");

    /// <returns>The path below the folder with <c>/</c> between names, whatever links lead there; null: it lies elsewhere.</returns>
    private static string? Below(string path, string folder)
    {
        for (var above = Path.GetDirectoryName(path); above is not null; above = Path.GetDirectoryName(above))
        {
            if (IsSame(above, folder))
            {
                return Path.GetRelativePath(above, path).Replace(Path.DirectorySeparatorChar, '/');
            }
        }

        return null;
    }

    private static bool IsSame(string one, string other) => one == other || SourcePlace.IsSame(one, other);

    /// <summary>As a pattern that stands for itself.</summary>
    private static string Escape(string path) => string.Concat(path.Select(c => c is '*' or '?' or '[' or '{' or '\\' ? $"\\{c}" : $"{c}"));
}
