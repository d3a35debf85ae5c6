using Microsoft.Extensions.Logging;
using Tidemark.Hosting.Diagnostics;
using Tidemark.Scheduling;

namespace Tidemark.Hosting.Working;

/// <summary>Syncs the sources of an index, when it starts and at its times; of several processes one does it at a time.</summary>
internal sealed class HostedSync(TidemarkIndex index, SyncSchedule schedule, TimeProvider clock, ILogger<HostedSync> log)
    : HostedService(index, clock, log), IJobObserver
{
    private bool _hasBegun;

    protected override string Name => "the sync";

    protected override string Namespace => schedule.Options.Namespace ?? Index.Namespace;

    public void OnEnded(JobTime job, JobResult result, TimeSpan took)
    {
        if (result.Trouble is { } trouble)
        {
            HostingLog.JobTrouble(Log, job.Name, result.Outcome, result.Detail ?? trouble);
        }
        else
        {
            HostingLog.JobEnded(Log, job.Name, result.Outcome, took.TotalSeconds);
        }
    }

    public void OnOutage(TidemarkException failure, TimeSpan nextTry) =>
        HostingLog.Outage(Log, Name, Namespace, nextTry, failure.Message, failure.Code, failure.Remedy);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        if (schedule.AtStart && !_hasBegun)
        {
            await Index.SyncAsync(schedule.Options, stoppingToken).ConfigureAwait(false);
            _hasBegun = true;
        }

        var job = Index.Jobs.Sync(new JobTime($"sync {Namespace}", schedule.When), _ => ValueTask.FromResult(schedule.Options));
        await Index.Jobs.RunAsync([job], this, stoppingToken).ConfigureAwait(false);
    }
}
