using Tidemark.Documents;
using Tidemark.Files;

namespace Tidemark.Syncing;

/// <summary>
/// Two folders of one name are one source, and the second one's listing lets go what only the first one has. So the place of a source
/// is remembered, and said when it is another one.
/// </summary>
internal static class SourcePlace
{
    /// <returns>Whether the earlier place is still there, so that this is likelier a mistake than a move.</returns>
    public static async Task<bool> CheckAsync(RunContext run, SourceRun source, CancellationToken cancellationToken)
    {
        if (source.Source.Source.Place is not { } place || source.Record.LiveDocuments == 0
            || await run.Session.Catalog.FindPlaceAsync(source.Record.Key, cancellationToken).ConfigureAwait(false) is not { } before
            || before == place
            || IsSame(before, place))
        {
            return false;
        }

        run.Tally.Warn(new ItemWarning(
            source.Record.Name,
            ErrorCodes.SourceMoved,
            $"the source '{source.Record.Name}' was at '{before}' and is now read from '{place}'",
            "if these are two sources, give one of them another name: '--source-name NAME'"));
        return Directory.Exists(before);
    }

    /// <summary>After a listing of everything of which nothing was held back.</summary>
    public static async Task NoteAsync(RunContext run, SourceRun source, CancellationToken cancellationToken)
    {
        if (source is { ListingIsComplete: true, Parts.Count: 0 } && source.Source.Source.Place is { } place
            && await run.Session.Catalog.FindPlaceAsync(source.Record.Key, cancellationToken).ConfigureAwait(false) != place)
        {
            await run.Session.Catalog.NotePlaceAsync(source.Record.Key, place, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One folder by two paths.</summary>
    private static bool IsSame(string one, string other)
    {
        try
        {
            return FileFacts.Of(one, follow: true) is { Inode: > 0 } first && FileFacts.Of(other, follow: true) is { } second
                && (first.Device, first.Inode) == (second.Device, second.Inode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
