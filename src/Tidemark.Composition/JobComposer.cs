using Tidemark.Composition.Configuration;
using Tidemark.Documents;
using Tidemark.Scheduling;
using Tidemark.Syncing;

namespace Tidemark.Composition;

/// <summary>From the configured times to what is done at them.</summary>
internal sealed class JobComposer(TidemarkSettings settings, TimeProvider clock)
{
    /// <summary>Somebody else's run is waited for.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    /// <summary>The jobs, to be carried out with <see cref="IndexJobs.RunAsync"/>.</summary>
    public IReadOnlyList<ScheduledJob> Compose(TidemarkIndex index) =>
        [.. settings.Schedules.Jobs.Select(time => JobOf(index, time) with { Jitter = time.Mode == JobMode.RealTime ? TimeSpan.Zero : settings.Schedules.Jitter })];

    private ScheduledJob JobOf(TidemarkIndex index, JobTime time) => time.Name switch
    {
        ScheduleSettings.Verify => index.Jobs.Verify(time),
        ScheduleSettings.Expire => index.Jobs.Expire(time),
        ScheduleSettings.Collect => index.Jobs.Collect(time, settings.Retention.Options),
        ScheduleSettings.Golden => index.Jobs.AskGolden(time),
        _ when time.Mode == JobMode.RealTime => index.Jobs.Watch(time, async cancellationToken => new WatchOptions
        {
            Folders = [.. (await SettleAsync(index, time, cancellationToken)).Select(Factory.FolderOf)],
            Sync = SyncOf([]),
            Complete = settings.CompleteWatch,
        }),
        _ => index.Jobs.Sync(time, async cancellationToken => SyncOf(Polling(index).Create(await SettleAsync(index, time, cancellationToken)))),
    };

    private SourceFactory Factory => new(settings, cleanup: null, clock);

    private SourceFactory Polling(TidemarkIndex index) => new(settings, cleanup: null, clock) { Polls = name => new SourceJournal(index, name, settings.Namespace) };

    private SyncOptions SyncOf(IReadOnlyList<IDocumentSource> sources) => new()
    {
        Sources = sources,
        Guard = settings.Guard,
        Spending = settings.Spending,
        Wait = Wait,
    };

    private async Task<IReadOnlyList<SourceSettings>> SettleAsync(TidemarkIndex index, JobTime time, CancellationToken cancellationToken)
    {
        var resolver = new SourceResolver(settings, settings.Root, new SettingValues());
        var store = await index.OpenStoreAsync(cancellationToken);
        var registered = await RegisteredSources.LoadAsync(store.Reader, settings.Namespace, cancellationToken);
        return resolver.Settle([.. resolver.Resolve([], required: true).Where(source => time.Sources.Contains(source.Name, StringComparer.Ordinal))], registered);
    }
}
