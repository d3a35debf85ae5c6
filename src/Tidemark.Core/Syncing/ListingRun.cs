using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>What a run and a plan have in common: every source is listed, then it is cleaned up behind them.</summary>
internal sealed class ListingRun(RunContext run)
{
    private readonly List<SourceRun> _sources = [];
    private GuardReport? _guard;

    public async Task RunAsync(IReadOnlyList<OpenedSource> opened, CancellationToken cancellationToken)
    {
        foreach (var source in opened)
        {
            var record = await run.Session.Catalog.RegisterSourceAsync(source.Source.Name, cancellationToken).ConfigureAwait(false);
            var sourceRun = new SourceRun(run, source, record);
            _sources.Add(sourceRun);
            if (await sourceRun.LookAtPlaceAsync(cancellationToken).ConfigureAwait(false) is { } held)
            {
                sourceRun.IsHeldBack = true;
                _guard = _guard is null || _guard.Held < held.Held ? held : _guard;
                continue;
            }

            await sourceRun.ListAsync(cancellationToken).ConfigureAwait(false);
        }

        var cleanup = new CleanupRun(run);
        await cleanup.RunAsync(_sources.FindAll(source => !source.IsHeldBack), cancellationToken).ConfigureAwait(false);
        _guard ??= cleanup.Guard;
        foreach (var source in _sources)
        {
            await source.NotePlaceAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>How it ended by itself.</summary>
    public RunEnd End() => End(ReportBuilder.OutcomeOf(run.Tally, _guard));

    /// <summary>How far it came before something else ended it.</summary>
    public RunEnd End(RunOutcome outcome) => new(outcome)
    {
        Sources = _sources.ConvertAll(source => source.Record),
        ListedEverything = _sources.TrueForAll(source => source is { ListingIsComplete: true, IsHeldBack: false, Parts.Count: 0, Source.Source.ListedWhole: true }),
        Cleanup = ReportBuilder.CleanupOf(_sources, run.Request),
        Guard = _guard,
        OnIndexing = () => run.Progress.ReportNow(SyncPhase.Indexing, null),
    };
}
