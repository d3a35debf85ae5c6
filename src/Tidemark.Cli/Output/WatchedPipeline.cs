using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

/// <summary>A pipeline whose provider is told of when it fails.</summary>
internal static class WatchedPipeline
{
    public static SyncPipeline Watched(this SyncPipeline pipeline, ProviderNotice notice) => pipeline with
    {
        Model = pipeline.Model with { OnWait = notice.OnWait, OnRecovered = notice.OnRecovered },
    };
}
