using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

/// <summary>Since when a source is being listed.</summary>
internal readonly record struct ProgressRate(string? Source, SyncPhase Phase, TimeSpan Since)
{
    /// <summary>Begins anew with each source and phase.</summary>
    public ProgressRate For(SyncProgress progress, TimeSpan now) =>
        string.Equals(Source, progress.Source, StringComparison.Ordinal) && Phase == progress.Phase
            ? this
            : new ProgressRate(progress.Source, progress.Phase, Source is null ? TimeSpan.Zero : now);
}
