using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Cli.Output;

/// <param name="Bytes">On disk, the whole store.</param>
internal sealed record StatusReport(
    NamespaceSummary Namespace,
    string Store,
    long Bytes,
    TimeSpan? LastCompleteSyncAge,
    RunRecord? LastRun,
    IReadOnlyList<QuarantinedInput> Quarantine);
