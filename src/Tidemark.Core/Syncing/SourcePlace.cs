using Tidemark.Documents;
using Tidemark.Files;

namespace Tidemark.Syncing;

/// <summary>
/// Two folders of one name are one source, and the second one's listing lets go what only the first one has. So the place of a source
/// is remembered, and said when it is another one.
/// </summary>
/// <param name="Now">Where the source lies; null: nowhere that is known.</param>
/// <param name="Before">Where it lay when it was last listed as a whole; null: never.</param>
internal sealed record SourcePlace(string? Now, string? Before)
{
    /// <summary>What documents came from that are in no folder that is known: a file of records, the standard input, a program, a queue.</summary>
    public const string Records = "records";

    public static async Task<SourcePlace> LookAsync(RunContext run, SourceRun source, CancellationToken cancellationToken) =>
        source.Source.Source.Place is { } now
            ? new(now, await run.Session.Catalog.FindPlaceAsync(source.Record.Key, cancellationToken).ConfigureAwait(false))
            : new(null, null);

    /// <summary>Says that the source lies elsewhere than before.</summary>
    /// <returns>
    /// The earlier place, if it is still there, so that this is likelier a mistake than a move; <see cref="Records"/>, where none was known;
    /// else null.
    /// </returns>
    public string? Check(RunContext run, SourceRun source)
    {
        if (Now is not null && Before is null)
        {
            return source.Record.LiveDocuments > 0 ? Records : null;
        }

        if (Now is null || Before is null || Now == Before || source.Record.LiveDocuments == 0 || IsSame(Before, Now))
        {
            return null;
        }

        run.Tally.Warn(new ItemWarning(
            source.Record.Name,
            ErrorCodes.SourceMoved,
            $"the source '{source.Record.Name}' was at '{Before}' and is now read from '{Now}'",
            "if these are two sources, give one of them another name: SyncOptions.SourceName"));
        return Directory.Exists(Before) ? Before : null;
    }

    /// <summary>
    /// The first place at once, since documents may come from it although the run does not reach its end; another one after a listing of
    /// everything of which nothing was held back.
    /// </summary>
    public async Task NoteAsync(RunContext run, SourceRun source, bool atEnd, CancellationToken cancellationToken)
    {
        var isDue = atEnd
            ? Before is not null && Now != Before && source is { ListingIsComplete: true, IsHeldBack: false, Parts.Count: 0 }
            : Before is null;
        if (Now is not null && isDue)
        {
            await run.Session.Catalog.NotePlaceAsync(source.Record.Key, Now, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One folder by two paths.</summary>
    public static bool IsSame(string one, string other)
    {
        try
        {
            return FileFacts.Of(one, follow: true) is { } first && FileFacts.Of(other, follow: true) is { } second && first.IsOfSameFile(second);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
