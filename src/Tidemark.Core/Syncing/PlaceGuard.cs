namespace Tidemark.Syncing;

/// <summary>
/// Looks at a source whose former folder is still there, or that had none, before anything of it is taken: what would be replaced counts as what would be
/// deleted, and where that is too much, the source is left as it is. Of a part the whole is looked at.
/// </summary>
internal static class PlaceGuard
{
    /// <returns>Null: it may be taken.</returns>
    public static async Task<GuardReport?> LookAsync(RunContext run, SourceRun source, string former, CancellationToken cancellationToken)
    {
        var guard = run.Request.EffectiveGuard.ForSmall();
        if (!guard.Enabled)
        {
            return null;
        }

        var opened = await OpenedSource.OpenAsync(source.Source.Source.Whole, cancellationToken).ConfigureAwait(false);
        await using var closes = opened.ConfigureAwait(false);
        var look = run.Rehearsal();
        var listed = new SourceRun(look, opened, source.Record);
        await listed.ListAsync(cancellationToken).ConfigureAwait(false);
        await new CleanupRun(look).RunAsync([listed], cancellationToken).ConfigureAwait(false);
        var lost = look.Tally.Updated + look.Tally.Deleted - look.Tally.Moved;
        var documents = listed.LiveListed;
        return guard.Holds(lost, documents, listedNothing: listed.Listed == 0) ? Report(lost, documents, source.Record.Name, former) : null;
    }

    private static GuardReport Report(long lost, long documents, string name, string former) => new(
        lost,
        documents == 0 ? 1 : (double)lost / documents,
        name,
        $"If this is another source, give it a name of its own with SyncOptions.SourceName. Only if it takes the place of {Named(former)}, sync it with "
        + "DeletionGuard.Off.")
    {
        MovedFrom = former,
    };

    private static string Named(string former) => former == SourcePlace.Records ? "the records that the source has" : $"'{former}'";
}
