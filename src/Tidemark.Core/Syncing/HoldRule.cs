using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>How a run holds its namespace. Pure.</summary>
internal static class HoldRule
{
    /// <summary>
    /// Exclusively where something is decided from all that there is: full cleanup, a new generation, a plan that was approved.
    /// Everything else is settled document by document.
    /// </summary>
    public static NamespaceHold For(SyncOptions request) =>
        request.Rebuild
        || request.Approved is not null
        || request.ListedSources.Any(source => (request.Cleanup ?? source.DefaultCleanup) == CleanupMode.Full)
            ? NamespaceHold.Exclusive
            : NamespaceHold.Shared;
}
