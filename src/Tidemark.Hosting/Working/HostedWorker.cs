using Microsoft.Extensions.Logging;
using Tidemark.Streaming;

namespace Tidemark.Hosting.Working;

/// <summary>Carries queued changes out.</summary>
internal sealed class HostedWorker(TidemarkIndex index, WorkerOptions options, TimeProvider clock, ILogger<HostedWorker> log)
    : HostedService(index, clock, log)
{
    protected override string Name => "the worker";

    protected override string Namespace => options.Namespace ?? Index.Namespace;

    protected override Task WorkAsync(CancellationToken stoppingToken) => Index.RunWorkerAsync(options, stoppingToken);
}
